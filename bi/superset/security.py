"""Superset's security manager with one rule more: who may not make charts sends no SQL of their own.

Superset lets whoever may see a data set send expressions with a chart's query, and looks for subqueries in them. Its
version 6.1.0 does not see `max(title) FROM core.article UNION ALL SELECT max(event_id)`, which reads a table that the
data set does not hold; and what is sent as the name of a column and is none, it takes for SQL. Which permissions a role
has is settled in `roles`.
"""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager

_SQL = ("sqlExpression", "where", "having")


class SecurityManager(SupersetSecurityManager):
    """Superset's `CUSTOM_SECURITY_MANAGER`."""

    def raise_for_access(self, *given: Any, **named: Any) -> None:
        """Superset's own checks. Raises SupersetSecurityException, too, where a viewer's query brings SQL along."""
        super().raise_for_access(*given, **named)
        asked = named.get("query_context") or named.get("viz")
        if asked is None or self.can_access("can_write", "Chart"):
            return
        columns, known = _columns(asked.datasource), None
        for expression in _sent(asked):
            if expression not in columns:
                known = _stored(asked.datasource) if known is None else known
                if not _made_of(expression, known):
                    raise SupersetSecurityException(
                        SupersetError(
                            message="Only who may make charts may send SQL of their own with a query.",
                            error_type=SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR,
                            level=ErrorLevel.ERROR,
                        )
                    )


def own_user(users: Any) -> Any:
    """Superset's filter of the users that a page names for choice: none but oneself for who may not make charts."""
    from superset import security_manager
    from superset.utils.core import get_user_id

    if security_manager.can_access("can_write", "Chart"):
        return users
    return users.filter(security_manager.user_model.id == get_user_id())


def _sent(asked: Any) -> Iterator[str]:
    """The SQL in a query context, or in a chart of the older kind."""
    yield from expressions(asked.form_data)
    if hasattr(asked, "queries"):
        queries = [vars(query) for query in asked.queries]
        yield from expressions(queries)
    else:
        # What it will ask, of a copy: it puts the filters, in other words, into what was sent.
        queries = [type(asked)(asked.datasource, deepcopy(asked.form_data)).query_obj()]
    for query in queries:
        for name in ("columns", "groupby"):
            yield from (column for column in query.get(name) or () if isinstance(column, str))


def expressions(value: Any) -> Iterator[str]:
    """Each text of SQL in what a page sends, however deep it lies; what stands in the place of one, as JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in _SQL:
                sql = inner if isinstance(inner, str) else json.dumps(inner, default=str) if inner else ""
                if sql.strip():
                    yield sql
            else:
                yield from expressions(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from expressions(inner)


def _columns(datasource: Any) -> set[str]:
    """What is no SQL: a time axis is sent as an expression that is the name of a column."""
    return {"__timestamp", *(column.column_name for column in datasource.columns)}


def _stored(datasource: Any) -> set[str]:
    """The SQL in the charts of the data set, which those who may make them have written."""
    from superset.extensions import db
    from superset.models.slice import Slice  # its models need the app

    charts = db.session.query(Slice).filter_by(datasource_id=datasource.id, datasource_type=datasource.type)
    return {expression for chart in charts for expression in expressions(json.loads(chart.params or "{}"))}


def _made_of(sent: str, known: set[str]) -> bool:
    """Whether it is a known expression, or several, each in parentheses, as Superset joins the filters of a chart."""
    if sent in known:
        return True
    one = rf"\((?:{'|'.join(map(re.escape, known))})\)"
    return re.fullmatch(rf"{one}(?: AND {one})*", sent) is not None
