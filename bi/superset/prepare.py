"""Brings Superset's own database to the state that the code asks for; again and again with the same result."""

from pathlib import Path

import superset
from flask import Flask
from flask_migrate import upgrade
from superset import security_manager
from superset.commands.importers.v1.assets import ImportAssetsCommand
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import appbuilder, db
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice
from superset.utils.core import override_user

from bi.superset import assets, roles


def prepare(app: Flask, *, new_passwords: bool = False) -> dict[str, str]:
    """Tables, roles, users, dashboards: the passwords of users made just now, by user name."""
    with app.app_context():
        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        security_manager.add_role(roles.VIEWER)
        passwords = roles.add_users(new_passwords)
        with override_user(security_manager.find_user(username="admin")):
            ImportAssetsCommand(assets.files()).run()
            _drop_what_left()
        roles.permit_viewers()
        db.session.remove()
        return passwords


def _drop_what_left() -> None:
    """Deletes what the code brought in earlier and has no more; what users made themselves stays."""
    for kind, model in (("dashboards", Dashboard), ("charts", Slice), ("datasets", SqlaTable)):
        kept = assets.uuids(kind)
        for thing in db.session.query(model).filter(model.is_managed_externally):
            if str(thing.uuid) not in kept:
                db.session.delete(thing)
    db.session.commit()
