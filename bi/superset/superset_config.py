"""Superset's settings for Parley: SUPERSET_CONFIG_PATH leads here. What a production sets itself comes from the
environment, as docs/superset-production.md tells; what the pages show stands in `assets/`.
"""

import os
from pathlib import Path
from typing import Any

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from bi.superset.connection import Connections
from bi.superset.publication import DEADLINE
from bi.superset.security import SecurityManager, own_user


def _set(name: str) -> str:
    if value := os.environ.get(name):
        return value
    raise RuntimeError(f"{name} is not set: docs/superset-production.md names all that Superset needs here")


def _switch(name: str) -> bool:
    value = os.environ.get(name) or "0"
    if value not in ("0", "1"):
        raise RuntimeError(f"{name} is 1 or 0, not {value}")
    return value == "1"


_HOME = Path(_set("PARLEY_HOME")).absolute()
_HTTPS = _switch("PARLEY_SUPERSET_HTTPS")
_OVERVIEW = "/superset/dashboard/overview/"

SECRET_KEY = _set("SUPERSET_SECRET_KEY")
SQLALCHEMY_DATABASE_URI = (
    os.environ.get("PARLEY_SUPERSET_METADATA")
    or f"sqlite:///{_HOME / 'superset' / 'superset.db'}?check_same_thread=false"
)

ALEMBIC_SKIP_LOG_CONFIG = True  # what it says while it makes tables goes where all else goes

APP_NAME = "Parley"
LOGO_TARGET_PATH = _OVERVIEW

# The warehouse: each query opens the newest publication, read-only and locked in. Nothing is cached, so that a
# publication is seen at once; a query on the samples takes a tenth of a second.
DB_CONNECTION_MUTATOR = Connections(_HOME / "warehouse.duckdb").mutate
CACHE_CONFIG = DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
SUPERSET_WEBSERVER_TIMEOUT = 60
CSV_STREAMING_ROW_THRESHOLD = 10**15  # never: who reads a stream slowly would hold the file of a publication
SQLLAB_TIMEOUT = int(DEADLINE)

# What is not needed is off: templates in SQL, embedding, reports, uploads, registration, pages without a login.
FEATURE_FLAGS = {
    "ALERT_REPORTS": False,
    "DASHBOARD_RBAC": False,
    "EMBEDDED_SUPERSET": False,
    "ENABLE_TEMPLATE_PROCESSING": False,
    "ENABLE_JAVASCRIPT_CONTROLS": False,
    "ALLOW_ADHOC_SUBQUERY": False,
    "ESCAPE_MARKDOWN_HTML": True,
}
CUSTOM_SECURITY_MANAGER = SecurityManager
EXTRA_RELATED_QUERY_FILTERS = {"user": own_user}
AUTH_USER_REGISTRATION = False
PUBLIC_ROLE_LIKE = None
FAB_API_SWAGGER_UI = False
PREVENT_UNSAFE_DB_CONNECTIONS = True
DATASET_IMPORT_ALLOWED_DATA_URLS: list[str] = []
HTML_SANITIZATION = True
ENABLE_CORS = False
ENABLE_PROXY_FIX = _HTTPS

# A page loads from its own server, and runs no script that did not come with it.
TALISMAN_ENABLED = True
TALISMAN_CONFIG: dict[str, Any] = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": _HTTPS,
    "session_cookie_secure": _HTTPS,
}
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
THEME_FONT_URL_ALLOWED_DOMAINS: list[str] = []


def FLASK_APP_MUTATOR(app: Flask) -> None:  # noqa: N802 - Superset's name for it
    """Leads from the front page, which lists what a user has lately edited, to the overview."""

    def front() -> Response | None:
        return redirect(_OVERVIEW) if request.path in ("/", "/superset/welcome/") else None

    app.before_request(front)
