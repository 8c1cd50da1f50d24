/**
 * Functions for programs that own a process: `reached` tells which of several attempts came to something, `libc` calls
 * the system, `channels` finds the channel to the host, `say` writes to it.
 */
export const helpers: string = `
import json, os, sys

def reached(attempts):
    names = []
    for name, attempt in attempts.items():
        try:
            got = attempt()
        except Exception:
            continue
        if got is not None and got is not False:
            names.append(f"{name}: {got}")
    return names

def read(path):
    return lambda: open(path, encoding="latin1").read()

def folder_of(path):
    return path.rpartition("/")[0]

def libc(name, *args):
    import ctypes
    library = ctypes.CDLL(None, use_errno=True)
    result = getattr(library, name)(*args)
    return result, ctypes.get_errno()

def channels():
    try:
        links = {int(fd): os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if int(fd) > 2
                 and os.path.islink(f"/proc/self/fd/{fd}")}
    except Exception:
        return [3, 4]
    return [fd for fd, link in links.items() if link.startswith("socket:")] or [3, 4]

def say(*lines):
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\\n" for line in lines).encode()
    try:
        import js
        js.Deno.stdout.writeSync(js.Uint8Array.new(text))
    except Exception:
        pass
    for fd in channels():
        rest = memoryview(text)
        for attempt in range(1000000):
            if not rest:
                break
            try:
                rest = rest[os.write(fd, rest[:65536]):]
            except BlockingIOError:
                continue
            except OSError:
                break
`;
