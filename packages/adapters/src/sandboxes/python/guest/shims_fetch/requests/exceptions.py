"""The errors of the library requests."""

import builtins


class RequestException(OSError):
    """A request that went wrong."""

    def __init__(self, *args, response=None, request=None) -> None:
        super().__init__(*args)
        self.response = response
        self.request = request


class HTTPError(RequestException):
    """An answer whose status tells of an error."""


class ConnectionError(RequestException, builtins.ConnectionError):
    """The host refused the request, or could not perform it."""


class Timeout(RequestException):
    """It took too long."""


class ConnectTimeout(ConnectionError, Timeout):
    """It took too long to connect."""


class ReadTimeout(Timeout):
    """It took too long to answer."""


class TooManyRedirects(RequestException):
    """It was sent on too often."""


class InvalidURL(RequestException, ValueError):
    """The address is none."""


class MissingSchema(InvalidURL):
    """The address has no scheme."""


class JSONDecodeError(RequestException, ValueError):
    """The body is no JSON."""
