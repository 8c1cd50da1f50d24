"""Requests through the host, which decides what may be reached."""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Mapping, MutableMapping

from .host_fetch import answer_to


class Headers(MutableMapping):
    """Headers by their names, in whatever case."""

    def __init__(self, items=()) -> None:
        self._items: dict[str, tuple[str, str]] = {}
        for name, value in items.items() if isinstance(items, Mapping) else items:
            self[name] = f"{self[name]}, {value}" if name in self else value

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()][1]

    def __setitem__(self, name: str, value: str) -> None:
        self._items[name.lower()] = (name, value)

    def __delitem__(self, name: str) -> None:
        del self._items[name.lower()]

    def __iter__(self):
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(dict(self))


class FetchResponse:
    """The answer to a request of `fetch`. All of it is there: nothing is streamed."""

    def __init__(self, answer: dict) -> None:
        self.url: str = answer["url"]
        self.status: int = answer["status"]
        self.status_text: str = answer["statusText"]
        self.headers = Headers(answer["headers"])
        self.body: bytes = binascii.a2b_base64(answer["body"])

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def text(self) -> str:
        return decoded(self.body, charset_of(self.headers))

    def json(self) -> object:
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"<FetchResponse {self.status} {self.url}>"


def fetch(url, method="GET", headers=None, body=None) -> FetchResponse:
    """Performs a request through the host. The body is text or bytes; a dict or list is sent as JSON."""
    return FetchResponse(ask(url, method, headers, body))


def ask(url, method: str, headers, body, follows: bool = True) -> dict:
    """What the host answers to a request. Where redirects are not followed, they are the answer."""
    sent = Headers(headers or {})
    if isinstance(body, (dict, list)):
        body = json.dumps(body)
        sent.setdefault("content-type", "application/json")
    if isinstance(body, str):
        body = body.encode()
    request = {
        "url": str(url),
        "method": method.upper(),
        "headers": [[name, _text(value)] for name, value in sent.items()],
    }
    if body is not None:
        request["body"] = binascii.b2a_base64(body, newline=False).decode()
    if not follows:
        request["redirect"] = "manual"
    return answer_to(request)


def charset_of(headers: Headers) -> str | None:
    found = re.search(r"charset=[\"']?([\w.:-]+)", headers.get("content-type", ""), re.IGNORECASE)
    return found and found[1].lower()


def decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset or "utf-8", "replace")
    except LookupError:  # No encoding that Python knows.
        return body.decode("utf-8", "replace")


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
