"""Loads one package and calls its tool. Prints the result, or the exception, and how long it took, as JSON."""

import json
import sys
from time import perf_counter

from smolagents import load_tool

repo, revision, arguments = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
begin = perf_counter()
try:
    tool = load_tool(repo, revision=revision, trust_remote_code=True)
    found = {"result": tool(**arguments), "node": getattr(tool, "node", [None])[0]}
except Exception as error:
    found = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps({**found, "ms": (perf_counter() - begin) * 1000}))
