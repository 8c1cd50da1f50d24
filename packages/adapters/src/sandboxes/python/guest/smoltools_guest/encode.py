"""Values as JSON texts, within the limits of the sandbox."""

from __future__ import annotations

import json
import re

from . import media
from .plain import key_text, plain
from .run_end import LimitError

#: An integer of so many digits may be one that JSON's numbers cannot tell from its neighbours.
LONG_INTEGER = re.compile(r"(?<![\d.])\d{16,}(?![\d.eE])")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = str.maketrans("{}", "[]")
NOT_BRACKETS = re.compile(r"[^\[\]]+")
MAX_EXACT = 2**53 - 1

_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain).encode


def encode(value: object, subject: str, limits: dict, bytes_limit: str) -> str:
    """JSON of a value that goes to the host.

    Raises LimitError when it is too much, and TypeError when it has no such form.
    """
    try:
        text = _json(value, limits["maxDepth"])
    except RecursionError:
        raise _too_deep(subject, limits) from None
    except (TypeError, ValueError) as error:
        raise TypeError(f"{subject} cannot be passed to the host: {error}") from None
    return _checked(text, subject, limits, bytes_limit)


def encode_result(value: object, limits: dict) -> str:
    """JSON of the value of a run: of its text, where it has no other form."""
    subject = "the value of the run"
    try:
        text = _json(value, limits["maxDepth"])
    except RecursionError:
        raise _too_deep(subject, limits) from None
    except (TypeError, ValueError):
        text = _dumps(shown(value))
    return _checked(text, subject, limits, "maxResultBytes")


def decode(text: str) -> object:
    """The value of a JSON text of the host."""
    return json.loads(text, object_hook=media.restore) if '"$media"' in text else json.loads(text)


def shown(value: object) -> str:
    """The text of a value, whatever its class does."""
    try:
        return str(value)
    except Exception:
        return f"<{type(value).__name__} object that cannot be shown>"


def depth_exceeds(text: str, most: int) -> bool:
    """Whether a JSON text is nested deeper."""
    if text.count("[") + text.count("{") <= most:
        return False
    brackets = NOT_BRACKETS.sub("", STRING.sub("", text).translate(BRACKETS))
    for _ in range(most):
        # Each pass takes away the innermost level.
        brackets = brackets.replace("[]", "")
    return brackets != ""


def _json(value: object, max_depth: int) -> str:
    try:
        text = _dumps(value)
    except TypeError as error:
        if not str(error).startswith("keys must be"):
            raise
    else:
        if LONG_INTEGER.search(text) is None:
            return text
    return _dumps(_normal(value, max_depth))


def _normal(value: object, levels: int) -> object:
    """The value with every key and integer in a form that survives."""
    if value is None or isinstance(value, (str, bool, float)):
        return value
    if isinstance(value, int):
        if not _is_exact(value):
            raise ValueError("an integer has too many digits for a number of JSON: pass it as text")
        return value
    if levels < 0:
        raise RecursionError
    if isinstance(value, dict):
        return {key_text(key): _normal(item, levels - 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normal(item, levels - 1) for item in value]
    return _normal(plain(value), levels)


def _is_exact(value: int) -> bool:
    """Whether a number of JavaScript is written as these digits: then it comes back as what it was."""
    if abs(value) <= MAX_EXACT:
        return True
    try:
        digits, _, exponent = repr(float(abs(value))).partition("e+")
    except OverflowError:
        return False
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    return int(whole + part) * 10 ** (int(exponent or 0) - len(part)) == abs(value)


def _checked(text: str, subject: str, limits: dict, bytes_limit: str) -> str:
    most = limits[bytes_limit]
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > most:
        raise LimitError(f"{subject} is {size} bytes of JSON, more than {most} ({bytes_limit})", bytes_limit)
    # A list of arguments is a level of its own.
    levels = limits["maxDepth"] + (1 if bytes_limit == "maxArgumentBytes" else 0)
    if depth_exceeds(text, levels):
        raise _too_deep(subject, limits)
    return text


def _too_deep(subject: str, limits: dict) -> LimitError:
    return LimitError(f"{subject} is nested deeper than {limits['maxDepth']} levels (maxDepth)", "maxDepth")
