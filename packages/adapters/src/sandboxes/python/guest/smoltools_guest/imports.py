"""Which modules the code may import.

This is a policy that tells a model early what it cannot use. It keeps nothing in: the process does.
"""

from __future__ import annotations

import builtins
import sys
from types import ModuleType

#: What is always there: these do nothing but what the code could do by itself.
ALWAYS = ("__future__", "__main__", "smolagents", "smolagents.*")
#: What is there when the sandbox has a way to fetch.
WITH_FETCH = ("requests", "requests.*", "urllib.request", "urllib.error", "urllib.parse")


def forget_parts() -> None:
    """Forgets modules whose package is gone, which an import leaves behind that was stopped.

    Importing the package again would find them loaded, and so not make them attributes of the package, on which its
    code relies: it could not be imported any more.
    """
    for name in sorted(name for name in sys.modules if type(name) is str):
        package = name.rpartition(".")[0]
        if package and package not in sys.modules:
            del sys.modules[name]


class ImportGate:
    """Stands in for `__import__` where the code of the run imports; modules import as ever."""

    def __init__(self, allowed: list[str] | str, has_fetch: bool, on_import) -> None:
        self.allowed = ["*"] if allowed == "*" else sorted(allowed)
        names = [*self.allowed, *ALWAYS, *(WITH_FETCH if has_fetch else ())]
        self._tree: dict = {}
        for name in names:
            node = self._tree
            for part in name.split("."):
                node = node.setdefault(part, {})
        self._has_fetch = has_fetch
        self._on_import = on_import
        self._import = builtins.__import__

    def allows(self, name: str) -> bool:
        """`a` allows `a`, `a.b` allows `a` and `a.b`, `a.*` allows `a` and all in it, `*` allows everything."""
        node = self._tree
        for part in name.split("."):
            if "*" in node:
                return True
            if part not in node:
                return False
            node = node[part]
        return True

    def __call__(self, name, globals=None, locals=None, fromlist=(), level=0):
        if level == 0 and not self.allows(name):
            raise self._refusal(name)
        module = self._import(name, globals, locals, fromlist, level)
        self._on_import()
        for item in fromlist or ():
            part = getattr(module, item, None)
            if isinstance(part, ModuleType) and not self.allows(f"{name}.{item}") and not self.allows(part.__name__):
                raise self._refusal(f"{name}.{item}")
        return module

    def _refusal(self, name: str) -> ImportError:
        reason = f"the import of {name} is not allowed"
        if name.split(".")[0] in ("requests", "urllib") and not self._has_fetch:
            return ImportError(f"{reason}: the sandbox has no network, and was given no fetch", name=name)
        return ImportError(f"{reason}. Allowed are: {', '.join(self.allowed) or 'none'}", name=name)
