"""The answers to requests."""

from __future__ import annotations

import binascii
import json

from smoltools_guest.web import Headers, charset_of, decoded

from .exceptions import HTTPError, JSONDecodeError


class Response:
    """All of it is there: nothing is streamed."""

    def __init__(self, answer: dict) -> None:
        self.url: str = answer["url"]
        self.status_code: int = answer["status"]
        self.reason: str = answer["statusText"]
        self.headers = Headers(answer["headers"])
        self.content: bytes = binascii.a2b_base64(answer["body"])
        self.encoding: str | None = charset_of(self.headers)
        self.apparent_encoding = "utf-8"
        self.history: list = []
        self.cookies: dict = {}

    @property
    def ok(self) -> bool:
        return self.status_code < 400

    @property
    def is_redirect(self) -> bool:
        return self.status_code in (301, 302, 303, 307, 308) and "location" in self.headers

    @property
    def text(self) -> str:
        return decoded(self.content, self.encoding)

    def json(self, **options):
        try:
            return json.loads(self.content, **options)
        except ValueError as error:
            raise JSONDecodeError(f"the body of {self.url} is no JSON: {error}", response=self) from None

    def raise_for_status(self) -> None:
        if self.status_code < 400:
            return
        side = "Client" if self.status_code < 500 else "Server"
        raise HTTPError(f"{self.status_code} {side} Error: {self.reason} for url: {self.url}", response=self)

    def iter_content(self, chunk_size: int | None = 1, decode_unicode: bool = False):
        body = self.text if decode_unicode else self.content
        size = chunk_size or len(body) or 1
        return (body[at : at + size] for at in range(0, len(body), size))

    def iter_lines(self, chunk_size: int = 512, decode_unicode: bool = False):
        return iter((self.text if decode_unicode else self.content).splitlines())

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __bool__(self) -> bool:
        return self.ok

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"
