"""Tools in the form of smolagents."""

from __future__ import annotations

import functools
import inspect
import keyword

from .signatures import inputs_of, output_type_of

TYPES = "string boolean integer number image audio array object any null".split()

#: What a JSON type is in Python.
CLASSES = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": (list, tuple),
    "object": dict,
    "null": type(None),
}


class Tool:
    """A function with a name, a description and the types of its inputs."""

    name: str
    description: str
    inputs: dict
    output_type: str
    output_schema: dict | None = None
    is_initialized = False

    def __init_subclass__(cls, **options) -> None:
        super().__init_subclass__(**options)
        make = cls.__init__

        @functools.wraps(make)
        def make_and_check(self, *args, **kwargs) -> None:
            make(self, *args, **kwargs)
            if type(self) is cls:
                self.validate_arguments()

        cls.__init__ = make_and_check

    def __init__(self, *_args, **_kwargs) -> None:
        self.is_initialized = False

    def setup(self) -> None:
        """Called once, before the first call."""
        self.is_initialized = True

    def forward(self, *args, **kwargs):
        raise NotImplementedError("Write this method in your subclass of `Tool`.")

    def __call__(self, *args, sanitize_inputs_outputs: bool = False, **kwargs):
        if len(args) == 1 and not kwargs and isinstance(args[0], dict) and all(key in self.inputs for key in args[0]):
            args, kwargs = (), args[0]
        self._check_call(args, kwargs)
        if not self.is_initialized:
            self.setup()
            self.is_initialized = True
        return self.forward(*args, **kwargs)

    def validate_arguments(self) -> None:
        """Checks the declaration. Raises TypeError or ValueError."""
        for name, kind in {"name": str, "description": str, "inputs": dict, "output_type": str}.items():
            value = getattr(self, name, None)
            if not isinstance(value, kind):
                raise TypeError(f"a tool needs the attribute {name}, of type {kind.__name__}; it is {value!r}")
        if self.output_schema is not None and not isinstance(self.output_schema, dict):
            raise TypeError("the attribute output_schema of a tool has to be a dict")
        if not self.name.isidentifier() or keyword.iskeyword(self.name):
            raise ValueError(f"{self.name!r} cannot be the name of a tool: it has to be an identifier of Python")
        for name, declared in self.inputs.items():
            self._check_input(name, declared)
        if self.output_type not in TYPES:
            raise ValueError(f"the output type {self.output_type!r} is none of {', '.join(TYPES)}")
        if not getattr(self, "skip_forward_signature_validation", False):
            self._check_forward()

    def _check_input(self, name: str, declared: object) -> None:
        if not isinstance(declared, dict) or "type" not in declared or "description" not in declared:
            raise ValueError(f"the input {name!r} has to be a dict with 'type' and 'description'")
        kinds = declared["type"]
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not isinstance(kinds, list) or not kinds or not all(kind in TYPES for kind in kinds):
            raise ValueError(f"the type of the input {name!r} is {kinds!r}: it has to be of {', '.join(TYPES)}")

    def _check_forward(self) -> None:
        takes = set(inspect.signature(self.forward).parameters)
        if takes != set(self.inputs):
            raise ValueError(
                f"forward of the tool {self.name!r} takes {sorted(takes)}, but its inputs are {sorted(self.inputs)}"
            )

    def _check_call(self, args: tuple, kwargs: dict) -> None:
        given = {**dict(zip(self.inputs, args)), **kwargs}
        for name, value in given.items():
            if name not in self.inputs:
                raise TypeError(f"{self.name} has no input {name!r}: its inputs are {', '.join(self.inputs) or 'none'}")
            if not fits(value, self.inputs[name]):
                kind, has = self.inputs[name]["type"], type(value).__name__
                raise TypeError(f"{self.name}: the input {name!r} has to be of type {kind}, it is of type {has}")
        missing = [name for name, declared in self.inputs.items() if name not in given and not is_optional(declared)]
        if missing:
            raise TypeError(f"{self.name} lacks the input {', '.join(map(repr, missing))}")


def is_optional(declared: dict) -> bool:
    return bool(declared.get("nullable"))


def fits(value: object, declared: dict) -> bool:
    """Whether a value is of the type of an input. Images and sounds may be anything."""
    if value is None and is_optional(declared):
        return True
    kinds = declared["type"]
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        wanted = CLASSES.get(kind)
        if wanted is None or (isinstance(value, wanted) and (kind == "boolean" or not isinstance(value, bool))):
            return True
    return False


def tool(function) -> Tool:
    """Makes a tool of a function with type hints, and a docstring that describes its arguments."""
    description, inputs = inputs_of(function)

    class SimpleTool(Tool):
        skip_forward_signature_validation = True

        def __init__(self) -> None:
            self.name = function.__name__
            self.description = description
            self.inputs = inputs
            self.output_type = output_type_of(function)

        @functools.wraps(function)
        def forward(self, *args, **kwargs):
            return function(*args, **kwargs)

    return SimpleTool()
