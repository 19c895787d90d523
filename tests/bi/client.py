"""Somebody who talks to Superset's API as a browser or a program does. What is asked is not settled here."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back; `data` is the JSON of it, or None where it is a page."""

    status: int
    text: str
    url: str
    headers: Message

    @property
    def data(self) -> Any:
        try:
            return json.loads(self.text)
        except json.JSONDecodeError:
            return None

    @property
    def login_asked(self) -> bool:
        return "/login/" in self.url or "/login/" in self.headers.get("Location", "")


class Client:
    """Logged in through the page (cookies and CSRF token), or with `token=True` through the API (JWT)."""

    def __init__(self, base: str, user: str, password: str, *, token: bool = False) -> None:
        self.base = base
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self._headers = {"Referer": f"{base}/"}
        if token:
            given = {"username": user, "password": password, "provider": "db", "refresh": False}
            self._headers["Authorization"] = f"Bearer {self.post('/api/v1/security/login', given).data['access_token']}"
        else:
            page = self.get("/login/").text
            found = re.search(r"csrf_token(?:&#34;|&quot;|\")\s*(?::|value=)\s*(?:&#34;|&quot;|\")([^&\"]+)", page)
            assert found, "the login page has no CSRF token"
            self._headers["X-CSRFToken"] = found[1]
            form = {"username": user, "password": password, "csrf_token": found[1]}
            self.ask("POST", "/login/", form=form)

    def get(self, path: str) -> Answer:
        """What is at that address."""
        return self.ask("GET", path)

    def post(self, path: str, data: Any) -> Answer:
        """What is answered to that JSON."""
        return self.ask("POST", path, data=data)

    def ask(self, method: str, path: str, *, data: Any = None, form: dict[str, str] | None = None) -> Answer:
        """What is answered, errors included; redirects are followed."""
        body, headers = None, dict(self._headers)
        if form is not None:
            body = urllib.parse.urlencode(form).encode()
        elif data is not None:
            body, headers["Content-Type"] = json.dumps(data).encode(), "application/json"
        request = urllib.request.Request(self.base + path, data=body, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=90) as answer:
                return Answer(answer.status, answer.read().decode(errors="replace"), answer.url, answer.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"), error.url, error.headers)
