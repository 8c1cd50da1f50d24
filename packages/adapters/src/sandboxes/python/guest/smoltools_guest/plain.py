"""Values that JSON has no form for, as values that it has one for."""

from __future__ import annotations

from . import media, tables

#: Longer ranges are not written out.
MAX_RANGE = 1_000_000


def plain(value: object) -> object:
    """The same value one level closer to JSON. Raises TypeError when there is no such form."""
    kind = type(value)
    for base in kind.__mro__:
        convert = CONVERSIONS.get(f"{base.__module__}.{base.__qualname__}")
        if convert is not None:
            return convert(value)
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is not None:
        return {name: getattr(value, name) for name in fields}
    remedy = ": make it a list" if kind in (set, frozenset) else ""
    raise TypeError(f"{kind.__name__} has no form in JSON{remedy}")


def key_text(key: object) -> str:
    """A key of a dict as JSON takes it."""
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    if isinstance(key, (int, float)):
        return repr(key)
    if isinstance(key, (tuple, frozenset)):
        raise TypeError(f"{type(key).__name__} cannot be a key in JSON")
    return key_text(plain(key))


def _iso(value) -> str | None:
    # pandas has a date that is none.
    return value.isoformat() if value == value else None


def _range(value: range) -> list:
    if len(value) > MAX_RANGE:
        raise TypeError(f"a range of {len(value)} numbers is too long for JSON")
    return list(value)


#: By names, so that nothing is imported which the code has no use for.
CONVERSIONS = {
    "datetime.date": _iso,
    "datetime.time": _iso,
    "datetime.timedelta": str,
    "decimal.Decimal": str,
    "fractions.Fraction": str,
    "uuid.UUID": str,
    "pathlib.PurePath": str,
    "pathlib._local.PurePath": str,
    "enum.Enum": lambda value: value.value,
    "builtins.dict_keys": list,
    "builtins.dict_values": list,
    "builtins.dict_items": list,
    "builtins.range": _range,
    "builtins.mappingproxy": dict,
    "collections.abc.Mapping": dict,
    "collections.deque": list,
    "collections.UserList": list,
    "collections.UserString": str,
    "builtins.bytes": media.from_bytes,
    "builtins.bytearray": media.from_bytes,
    "builtins.memoryview": media.from_bytes,
    "PIL.Image.Image": media.from_image,
    "matplotlib.figure.Figure": media.from_figure,
    "numpy.generic": tables.from_scalar,
    "numpy.ndarray": tables.from_array,
    "pandas.DataFrame": tables.from_frame,
    "pandas.core.frame.DataFrame": tables.from_frame,
    "pandas.Series": tables.from_series,
    "pandas.core.series.Series": tables.from_series,
    "pandas.Index": list,
    "pandas.core.indexes.base.Index": list,
    "pandas._libs.missing.NAType": lambda _: None,
    "pandas.api.typing.NAType": lambda _: None,
}
