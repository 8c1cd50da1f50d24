"""Runs steps of Python code for the test sandbox, which it talks to in lines of JSON over descriptor 3."""

import ast
import datetime
import io
import itertools
import json
import os
import re
import sys
import threading
import types

os.set_inheritable(3, False)
incoming = open(3, "rb", closefd=False)
outgoing = open(3, "wb", closefd=False)
sending = threading.Lock()
# Held from the question to its answer: the lines that come in between belong to whoever holds it.
asking = threading.Lock()


class FinalAnswer(BaseException):
    """Ends the code; no `except Exception` catches it."""


class State:
    running = False
    answered = False


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with sending:
        outgoing.write(line)
        outgoing.flush()


def receive():
    line = incoming.readline()
    if not line:
        os._exit(0)
    return json.loads(line)


class Printed(io.TextIOBase):
    """Tells the host each line as soon as it is complete."""

    encoding = "utf-8"

    def __init__(self):
        self.rest = ""

    def writable(self):
        return True

    def write(self, text):
        *lines, self.rest = (self.rest + text).split("\n")
        for line in lines:
            send({"type": "output", "text": line})
        return len(text)

    def end(self):
        if self.rest:
            self.write("\n")


def date_text(value):
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def plain(value):
    """The value as it comes out of JSON; raises TypeError, ValueError or RecursionError when it cannot go in."""
    return json.loads(json.dumps(value, allow_nan=False, default=date_text))


def argument(value, subject):
    try:
        return plain(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"{subject} cannot be passed to the host: {error}") from None


def host_function(name):
    def call(*args, **kwargs):
        if args and kwargs:
            raise TypeError(f"{name}: pass all arguments by name or all by position, the host does not know their order")
        values = argument([kwargs] if kwargs else args, f"{name}: its argument list")
        with asking:
            if State.answered:
                raise FinalAnswer
            if not State.running:
                raise RuntimeError(f"{name} was not called: no run is in progress")
            send({"type": "call", "name": name, "args": values})
            answer = receive()
        if answer["ok"]:
            return answer.get("value")
        raise type(answer["name"], (RuntimeError,), {})(answer["message"])

    call.__name__ = call.__qualname__ = name
    return call


def final_answer(value=None):
    answer = argument(value, "final_answer: its value")
    if not State.answered:
        State.answered = True
        send({"type": "answer", "value": answer})
    raise FinalAnswer


def described(error):
    try:
        return {"name": type(error).__name__, "message": str(error)}
    except Exception:
        return {"name": type(error).__name__, "message": "(its message cannot be shown)"}


def syntax_error(error):
    place = {"line": getattr(error, "lineno", None), "column": getattr(error, "offset", None)}
    return {**described(error), "code": "SANDBOX_SYNTAX", "message": getattr(error, "msg", str(error)), **place}


def thrown_error(error, code, file):
    """The innermost place in the code of this run is where it counts."""
    line = column = None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line, column = trace.tb_lineno, column_of(trace, code)
        trace = trace.tb_next
    codes = {RecursionError: "SANDBOX_STACK", MemoryError: "SANDBOX_MEMORY"}
    kind = codes.get(type(error), "SANDBOX_EXCEPTION")
    return {**described(error), "code": kind, "line": line, "column": column}


def column_of(trace, code):
    positions = trace.tb_frame.f_code.co_positions()
    line, _, offset, _ = next(itertools.islice(positions, trace.tb_lasti // 2, None), (None,) * 4)
    if line != trace.tb_lineno or offset is None:
        return None
    # Offsets are in bytes, columns in characters.
    text = re.split("\r\n|\r|\n", code)[line - 1]
    return len(text.encode()[:offset].decode(errors="ignore")) + 1


def run(code, file, scope):
    try:
        tree = ast.parse(code, file)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        body = compile(tree, file, "exec", dont_inherit=True)
        end = last and compile(ast.Expression(last.value), file, "eval", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": syntax_error(error)}
    try:
        exec(body, scope)
        value = eval(end, scope) if end else None
        return {} if value is None else {"value": json_or_text(value)}
    except FinalAnswer:
        return {}
    except BaseException as error:
        return {"error": thrown_error(error, code, file)}


def json_or_text(value):
    try:
        return plain(value)
    except (TypeError, ValueError, RecursionError):
        return str(value)


def main():
    printed = sys.stdout = sys.stderr = Printed()
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    setup = receive()
    fixed = {name: host_function(name) for name in setup["functions"]}
    fixed["final_answer"] = final_answer
    module.__dict__.update(setup["variables"])
    send({"type": "ready"})
    for number in itertools.count(1):
        step = receive()
        module.__dict__.update(step["variables"])
        module.__dict__.update(fixed)
        State.running, State.answered = True, False
        result = run(step["code"], f"<step-{number}>", module.__dict__)
        with asking:
            State.running = False
        printed.end()
        send({"type": "ended", **result})


main()
