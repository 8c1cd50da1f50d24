"""The host's fetch, for all that reaches the web through it."""

_call = None


def use(call) -> None:
    """Sets the function of the host; it takes a request and gives the answer to it."""
    global _call
    _call = call


def answer_to(request: dict) -> dict:
    """Asks the host, which decides what may be reached."""
    if _call is None:
        raise PermissionError("there is no network: the sandbox was given no permission to fetch")
    return _call(request)
