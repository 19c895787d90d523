"""Who may do what: the role of those who look at dashboards, and the two users that a new home has."""

import secrets

from superset import security_manager
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db

VIEWER = "Viewer"
USERS = {"admin": "Admin", "viewer": VIEWER}  # user name: role

# Permission and what it is for, in Superset's words. Superset's own Gamma may also make charts and dashboards.
_VIEWER_MAY = (
    ("can_read", "Dashboard"),
    ("can_read", "Chart"),
    ("can_dashboard", "Superset"),
    ("can_dashboard_permalink", "Superset"),
    ("can_slice", "Superset"),
    ("can_explore_json", "Superset"),
    ("can_csv", "Superset"),
    ("can_log", "Superset"),
    ("can_read", "DashboardPermalinkRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_read", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_time_range", "Api"),
    ("can_read", "CurrentUserRestApi"),
    ("can_write", "CurrentUserRestApi"),
    ("can_read", "user"),  # the page about oneself
    ("resetmypassword", "UserDBModelView"),
    ("can_this_form_get", "ResetMyPasswordView"),
    ("can_this_form_post", "ResetMyPasswordView"),
    ("menu_access", "Dashboards"),
)


def permit_viewers() -> None:
    """Gives the role of viewers what it needs and takes everything else: the dashboards that lie on our data sets.

    Raises LookupError where Superset does not know one of the permissions.
    """
    role = security_manager.find_role(VIEWER)
    datasets = db.session.query(SqlaTable).filter(SqlaTable.is_managed_externally).all()
    wanted = (*_VIEWER_MAY, *(("datasource_access", dataset.get_perm()) for dataset in datasets))
    permissions = {pair: security_manager.find_permission_view_menu(*pair) for pair in wanted}
    missing = [pair for pair, found in permissions.items() if found is None]
    if missing:
        raise LookupError(f"this version of Superset has no permission {missing}: see roles.py")
    role.permissions = list(permissions.values())
    db.session.commit()


def add_users(anew: bool = False) -> dict[str, str]:
    """Makes the users that are missing, each with a random password: user name to password, of those just made.

    With `anew`, the others get a new password, too. The passwords are stored nowhere but as hashes.
    """
    made: dict[str, str] = {}
    for name, role in USERS.items():
        user = security_manager.find_user(username=name)
        if user and not anew:
            continue
        password = secrets.token_urlsafe(12)
        if user:
            security_manager.reset_password(user.id, password)
        elif not security_manager.add_user(
            name, name.title(), "Parley", f"{name}@localhost", security_manager.find_role(role), password=password
        ):
            raise RuntimeError(f"Superset did not make the user {name}: its log tells why")
        made[name] = password
    return made
