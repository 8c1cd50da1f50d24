import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

/** Programs that change what the language is made of, and with it whatever runs their steps. */
export const pollution: readonly HostileProgram[] = hostilePrograms({ language: "python", kind: "pollution" }, [
  {
    name: "of builtins",
    breaksItself: true,
    code: `
      import builtins
      builtins.polluted = 1
      for name in ("len", "isinstance", "str", "repr", "print", "type", "compile", "exec", "eval", "dict", "range"):
          setattr(builtins, name, lambda *args, **kwargs: 1 / 0)
      echo(1)`,
    ends: "anyhow",
  },
  {
    name: "of the module that encodes messages",
    breaksItself: true,
    code: `
      import json
      json.dumps = json.loads = lambda *args, **kwargs: '{"type": "ended", "run": 2}'
      json.JSONEncoder.default = json.JSONEncoder.encode = lambda *args: "forged"
      echo({"a": 1})`,
    ends: "anyhow",
  },
  {
    name: "of all modules",
    breaksItself: true,
    code: `
      import sys
      for module in list(sys.modules.values()):
          for name in list(vars(module)):
              if not name.startswith("__") and callable(getattr(module, name, None)):
                  try:
                      setattr(module, name, None)
                  except Exception:
                      pass
      echo(1)`,
    ends: "anyhow",
  },
  {
    name: "of the way to import",
    breaksItself: true,
    code: `
      import sys, tempfile
      folder = tempfile.mkdtemp()
      open(folder + "/traceback.py", "w").write("import os; os._exit(3)")
      sys.path[:] = [folder]
      for name in ("json", "os", "socket", "threading", "ast"):
          sys.modules[name] = None
      sys.modules.pop("traceback", None)
      raise ValueError("now show me")`,
    ends: "anyhow",
  },
  {
    name: "of a module that is loaded again",
    breaksItself: true,
    code: `
      import importlib, json, os, threading
      for module in (json, threading, os):
          importlib.reload(module)
      echo(1)`,
    ends: "anyhow",
  },
  {
    name: "of the functions that run its steps, found through frames",
    breaksItself: true,
    code: `
      import sys
      frame = sys._getframe().f_back
      while frame:
          for name, value in list(frame.f_globals.items()):
              if callable(value) and not name.startswith("__"):
                  frame.f_globals[name] = lambda *args, **kwargs: None
          frame = frame.f_back
      raise ValueError("x")`,
    ends: "anyhow",
  },
  {
    name: "of the host's object",
    code: `
      own = canary()
      own["name"] = "harmed"
      own["nested"]["value"] = "harmed"
      own["nested"]["list"].clear()
      canary()["nested"]["value"]`,
    ends: { value: "unharmed" },
  },
  {
    name: "of the host's own prototypes",
    code: `echo({"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}})["constructor"]`,
    ends: { value: { prototype: { polluted: 1 } } },
  },
  {
    name: "a tool that is replaced by its own",
    breaksItself: true,
    code: `
      own = echo
      echo = lambda value: "forged"
      own("heard")`,
    ends: "anyhow",
  },
  {
    name: "a pickle that would run a program where it is read",
    code: `final_answer("pickle:Y2J1aWx0aW5zCmV2YWwKKFMnMScKdFIu")`,
    ends: { answer: "pickle:Y2J1aWx0aW5zCmV2YWwKKFMnMScKdFIu" },
  },
  {
    name: "a tracer in every function",
    breaksItself: true,
    code: `
      import sys, threading
      def trace(frame, event, argument):
          raise RuntimeError("traced")
      threading.settrace(trace)
      threading.setprofile(trace)
      sys.settrace(trace)
      sys.setprofile(trace)
      echo(1)`,
    ends: "anyhow",
  },
  {
    name: "hooks for errors, exits and garbage",
    breaksItself: true,
    code: `
      import atexit, gc, sys, threading
      def forever(*args):
          while True:
              pass
      sys.excepthook = sys.unraisablehook = threading.excepthook = sys.displayhook = forever
      atexit.register(forever)
      gc.callbacks.append(lambda *args: 1 / 0)
      sys.exit(1)`,
    ends: "error",
  },
  {
    name: "limits of the interpreter that are lifted",
    breaksItself: true,
    code: `
      import sys, threading
      sys.setrecursionlimit(10 ** 9)
      sys.set_int_max_str_digits(0)
      def dig(n):
          return dig(n + 1) + 1
      dig(0)`,
    ends: "error",
  },
  {
    name: "standard streams that are not what they were",
    breaksItself: true,
    code: `
      import sys
      class Stream:
          def write(self, text):
              raise RuntimeError("no")
          def __getattr__(self, name):
              return lambda *args: 1 / 0
      sys.stdout = sys.stderr = sys.stdin = sys.__stdout__ = sys.__stderr__ = Stream()
      print("x")`,
    ends: "anyhow",
  },
]);
