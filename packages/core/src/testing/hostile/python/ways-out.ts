import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";
import { helpers } from "./helpers.ts";

const nothing = { value: [] };
/** What holds the host's secret, where a sandbox lets code have it. */
const loot = `dict(os=lambda: target["secretEnvironmentName"] in module.environ, file=lambda: module.popen("cat " + target["secretFile"]).read() or None)`;

/** Programs that walk from object to object towards what they were not given. */
export const waysOut: readonly HostileProgram[] = hostilePrograms(
  { language: "python", kind: "ways out", aims: true, prelude: helpers },
  [
    {
      name: "a forbidden module reached through an allowed one (case 97)",
      code: `
        import queue, random
        module = random._os
        reached(${loot}) + reached({"sys": lambda: target["secretEnvironmentName"] in queue.threading._sys.modules["os"].environ})`,
      ends: nothing,
    },
    {
      name: "a module reached through the subclasses of object (case 97)",
      code: `
        spaces = [getattr(one.__init__, "__globals__", {}) for one in ().__class__.__base__.__subclasses__()]
        modules = [space[name] for space in spaces for name in ("os", "_os", "posix", "sys", "subprocess") if name in space]
        module = next((one for one in modules if getattr(one, "__name__", "") == "os"), os)
        reached(${loot})`,
      ends: nothing,
    },
    {
      name: "eval, exec, compile and globals (case 98)",
      code: `
        module = eval("__import__('os')")
        exec(compile("again = globals()['__builtins__']", "<x>", "exec"))
        reached(${loot})`,
      ends: nothing,
    },
    {
      name: "attributes fetched through map, filter and partial (case 100)",
      code: `
        import functools, operator
        spaces = list(map(functools.partial(getattr, echo), filter(lambda name: "globals" in name, dir(echo))))
        module = operator.attrgetter("modules")(sys)["os"]
        reached(${loot}) + reached({"host": lambda: target["secretEnvironmentName"] in str(spaces)})`,
      ends: nothing,
    },
    {
      name: "fields of a format that walk from object to object",
      code: `
        texts = []
        for field in ("{0.__globals__}", "{0.__class__.__mro__}", "{0.__code__.co_consts}", "{0.__globals__[os].environ}",
                      "{0.__globals__[sys].modules}", "{0.__closure__}"):
            try:
                texts.append(field.format(echo))
            except Exception:
                pass
        reached({"host": lambda: target["secretEnvironmentName"] in str(texts)})`,
      ends: nothing,
    },
    {
      name: "frames reached through a generator",
      code: `
        def walk():
            yield generator.gi_frame.f_back
        generator, frames = walk(), []
        frame = next(generator)
        while frame:
            frames.append(frame)
            frame = frame.f_back
        found = [value for one in frames for value in [*one.f_globals.values(), *one.f_locals.values()]]
        reached({"host": lambda: any(target["secretEnvironmentName"] in getattr(one, "environ", ()) for one in found)})`,
      ends: nothing,
    },
    {
      name: "frames reached through an error of a tool",
      code: `
        try:
            fail()
        except Exception as error:
            trace, found = error.__traceback__, []
            while trace:
                found += [*trace.tb_frame.f_globals.values(), *trace.tb_frame.f_locals.values()]
                trace = trace.tb_next
        reached({"host": lambda: any(target["secretEnvironmentName"] in getattr(one, "environ", ()) for one in found)})`,
      ends: nothing,
    },
    {
      name: "objects that only the garbage collector knows",
      code: `
        import gc
        texts = [one for one in gc.get_objects() if isinstance(one, dict) and target["secretEnvironmentName"] in one]
        reached({"host": lambda: len(texts) or None})`,
      ends: nothing,
    },
    {
      name: "memory of its own, read byte by byte",
      code: `
        name = target["secretEnvironmentName"].encode()
        import ctypes
        environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
        seen, index = [], 0
        while environ and environ[index] and index < 1000:
            seen.append(environ[index])
            index += 1
        reached({"host": lambda: any(name in one for one in seen)})`,
      ends: "anyhow",
    },
  ],
);
