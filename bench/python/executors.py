"""Runs the benchmark's Python programs in plain CPython and in smolagents' LocalPythonExecutor, and tells how long.

Reads lines of JSON `{"executor", "code", "repeat"}`; answers each with the milliseconds of one repetition.
"""

import json
import sys
import time


def echo(value):
    return value


class PlainPython:
    """CPython without any sandbox: what the language itself costs."""

    def __init__(self):
        self.scope = {"echo": echo, "n": 0}

    def __call__(self, code):
        exec(compile(code, "<step>", "exec"), self.scope)


class LocalExecutor:
    """What smolagents runs code in by default."""

    def __init__(self):
        from smolagents.local_python_executor import LocalPythonExecutor

        self.run = LocalPythonExecutor(additional_authorized_imports=["json"], timeout_seconds=600)
        self.run.send_tools({"echo": echo})
        self.run("n = 0")

    def __call__(self, code):
        self.run(code)


executors = {"cpython": PlainPython, "smolagents": LocalExecutor}
made = {}

for line in sys.stdin:
    request = json.loads(line)
    name = request["executor"]
    if request["code"] is None:
        start = time.perf_counter()
        executors[name]()
        print((time.perf_counter() - start) * 1000, flush=True)
        continue
    if name not in made:
        made[name] = executors[name]()
    execute = made[name]
    start = time.perf_counter()
    for _ in range(request["repeat"]):
        execute(request["code"])
    print((time.perf_counter() - start) * 1000 / request["repeat"], flush=True)
