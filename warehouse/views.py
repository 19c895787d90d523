"""What a view of schema marts is: what a row of it is, and how its columns are described. No view is named here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from warehouse.columns import Column
from warehouse.tables import CORE

_MARTS = "marts."


def own(description: str, *, nullable: bool = False, **extra: object) -> Column:
    """A column that a view adds; its name and type stand in the view's SQL."""
    return Column("", "", description, nullable=nullable, **extra)  # type: ignore[arg-type]


@dataclass(frozen=True)
class View:
    """A view of schema marts; each column is described as the column it shows, or in words of its own.

    `shows` names core tables and, as `marts.NAME`, earlier views, in which the columns are looked up in order; `own`
    describes the others (a bare text: a column that may be null). `key` names one row; `about` is for the dictionary:
    what a user must know of the whole.
    """

    name: str
    description: str
    shows: tuple[str, ...] = ()
    own: dict[str, str | Column] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    about: str = ""
    live: bool = False
    earlier: tuple["View", ...] = field(default=(), repr=False, compare=False)

    @property
    def text(self) -> str:
        """What a row is and what to know of the whole, for `COMMENT ON VIEW`."""
        return f"{self.description}. {self.about}" if self.about else self.description

    def comment(self, column: str) -> str:
        """What the column means. Raises KeyError where neither the view nor what it shows say so."""
        return self.column(column).comment_in(self.key)

    def column(self, name: str) -> Column:
        """All that is known of the column but its type, which the SQL makes. Raises KeyError as `comment` does."""
        if name in self.own:
            described = self.own[name]
            described = own(described, nullable=True) if isinstance(described, str) else described
            return described.but(name=name)
        for shown in self.shows:
            found = self._shown(shown, name)
            if found is not None:
                return found
        raise KeyError(f"marts.{self.name}.{name} has no description")

    def _shown(self, shown: str, name: str) -> Column | None:
        if shown.startswith(_MARTS):
            view = next(v for v in self.earlier if v.name == shown.removeprefix(_MARTS))
            try:
                return view.column(name)
            except KeyError:
                return None
        return next((c for c in CORE[shown].columns if c.name == name), None)


def declared(views: Iterable[View]) -> dict[str, View]:
    """The views by name, in order, each knowing those before it."""
    found: dict[str, View] = {}
    for view in views:
        found[view.name] = replace(view, earlier=tuple(found.values()))
    return found
