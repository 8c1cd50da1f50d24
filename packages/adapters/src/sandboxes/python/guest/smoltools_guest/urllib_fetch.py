"""Lets `urllib.request` reach the web through the host, once something imports it."""

from __future__ import annotations

import importlib.machinery
import sys

NAME = "urllib.request"


def install() -> None:
    sys.meta_path.insert(0, Finder())


class Finder:
    """Finds the module where it is, and sets it up after it was loaded."""

    def find_spec(self, name: str, path=None, target=None):
        if name != NAME:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def load_and_set_up(module) -> None:
            load(module)
            module.install_opener(opener(module))

        spec.loader.exec_module = load_and_set_up
        return spec


def opener(request_module):
    """An opener that knows addresses of http:, https: and data:."""
    from http.client import HTTPMessage
    from io import BytesIO
    from urllib.response import addinfourl

    from .web import fetch

    def open_through_host(request):
        headers = dict(request.header_items())
        if request.data is not None:
            headers.setdefault("Content-type", "application/x-www-form-urlencoded")
        try:
            answer = fetch(request.full_url, request.get_method(), headers, request.data)
        except (OSError, RuntimeError) as error:
            raise request_module.URLError(error) from error
        message = HTTPMessage()
        for name, value in answer.headers.items():
            message[name] = value
        response = addinfourl(BytesIO(answer.body), message, answer.url, answer.status)
        response.msg = response.reason = answer.status_text
        return response

    class ThroughHost(request_module.BaseHandler):
        def http_open(self, request):
            return open_through_host(request)

        https_open = http_open

    made = request_module.OpenerDirector()
    for handler in (
        ThroughHost(),
        request_module.DataHandler(),
        request_module.UnknownHandler(),
        request_module.HTTPDefaultErrorHandler(),
        request_module.HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made
