"""Stands in for the library requests: its common functions, by way of the host's fetch.

Files cannot be sent and nothing is streamed. The time of a request is that of the run: `timeout` is taken and not used.
"""

from __future__ import annotations

import base64
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit, urlunsplit

from smoltools_guest.web import Headers, ask

from . import exceptions  # noqa: F401
from .exceptions import (  # noqa: F401
    ConnectionError,
    HTTPError,
    InvalidURL,
    JSONDecodeError,
    ReadTimeout,
    RequestException,
    Timeout,
    TooManyRedirects,
)
from .response import Response

__version__ = "2.32.0"


def request(
    method,
    url,
    params=None,
    data=None,
    headers=None,
    cookies=None,
    files=None,
    auth=None,
    json=None,
    allow_redirects=True,
    **_,
) -> Response:
    """Performs a request. Raises ConnectionError when the host refuses it or cannot perform it."""
    if files is not None:
        raise NotImplementedError("files cannot be sent from the sandbox")
    sent = Headers(headers or {})
    body = data
    if json is not None and data is None:
        body = json
        if not isinstance(json, (dict, list)):
            import json as encoder

            body = encoder.dumps(json)
            sent.setdefault("content-type", "application/json")
    elif isinstance(data, (dict, list, tuple)):
        body = urlencode(data, doseq=True)
        sent.setdefault("content-type", "application/x-www-form-urlencoded")
    elif hasattr(data, "read"):
        body = data.read()
    if cookies:
        sent["cookie"] = "; ".join(f"{name}={value}" for name, value in dict(cookies).items())
    if isinstance(auth, tuple):
        sent["authorization"] = f"Basic {base64.b64encode(':'.join(auth).encode()).decode()}"
    try:
        return Response(ask(_with_params(url, params), method, sent, body, bool(allow_redirects)))
    except (OSError, RuntimeError, TypeError) as error:
        raise ConnectionError(str(error)) from error


def _with_params(url: str, params) -> str:
    if not params:
        return url
    items = params if isinstance(params, (str, bytes)) else _query(params)
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, items) if part)
    return urlunsplit(parts._replace(query=query))


def _query(params) -> str:
    pairs = params.items() if hasattr(params, "items") else params
    return urlencode([(name, value) for name, value in pairs if value is not None], doseq=True)


def get(url, params=None, **options) -> Response:
    return request("GET", url, params=params, **options)


def options(url, **more) -> Response:
    return request("OPTIONS", url, **more)


def head(url, **options) -> Response:
    options.setdefault("allow_redirects", False)
    return request("HEAD", url, **options)


def post(url, data=None, json=None, **options) -> Response:
    return request("POST", url, data=data, json=json, **options)


def put(url, data=None, **options) -> Response:
    return request("PUT", url, data=data, **options)


def patch(url, data=None, **options) -> Response:
    return request("PATCH", url, data=data, **options)


def delete(url, **options) -> Response:
    return request("DELETE", url, **options)


class Session:
    """Requests that share headers, parameters and a user. There are no connections to keep."""

    def __init__(self) -> None:
        self.headers = Headers()
        self.params: dict = {}
        self.cookies: dict = {}
        self.auth = None

    def request(self, method, url, params=None, headers=None, cookies=None, auth=None, **options) -> Response:
        sent = Headers(self.headers)
        sent.update(headers or {})
        return request(
            method,
            url,
            params=params if isinstance(params, (str, bytes)) else {**self.params, **dict(params or {})},
            headers=sent,
            cookies={**self.cookies, **dict(cookies or {})},
            auth=auth or self.auth,
            **options,
        )

    def get(self, url, **options) -> Response:
        return self.request("GET", url, **options)

    def options(self, url, **options) -> Response:
        return self.request("OPTIONS", url, **options)

    def head(self, url, **options) -> Response:
        options.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **options)

    def post(self, url, data=None, json=None, **options) -> Response:
        return self.request("POST", url, data=data, json=json, **options)

    def put(self, url, data=None, **options) -> Response:
        return self.request("PUT", url, data=data, **options)

    def patch(self, url, data=None, **options) -> Response:
        return self.request("PATCH", url, data=data, **options)

    def delete(self, url, **options) -> Response:
        return self.request("DELETE", url, **options)

    def mount(self, prefix, adapter) -> None:
        """There is but one way."""

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.close()


def session() -> Session:
    return Session()


codes = SimpleNamespace(
    ok=200,
    created=201,
    accepted=202,
    no_content=204,
    bad_request=400,
    unauthorized=401,
    forbidden=403,
    not_found=404,
    too_many_requests=429,
    internal_server_error=500,
    service_unavailable=503,
)
