/** How to take a guest's files and start it. */
export interface PythonBootstrap {
  /** Where the files are put. */
  folder: string;
  /** Length of the files, as they come on standard input. */
  bytes: number;
  /** Arguments of the interpreter that runs the guest. */
  command: readonly string[];
}

/**
 * The first program that Python runs in a container: it takes the guest's files from standard input, and leaves a
 * process behind that waits for the end of that input, which is the end of the host, and then ends the guest. The
 * guest waits for it too, but not while code that never lets go of the interpreter is at work.
 */
export function pythonBootstrap({ folder, bytes, command }: PythonBootstrap): string {
  return `import json, os, select, signal, sys
files = b""
while len(files) < ${bytes}:
    # Where reading does not wait, this does.
    select.select([0], [], [])
    part = os.read(0, ${bytes} - len(files))
    if not part:
        sys.exit(1)
    files += part
for path, text in json.loads(files).items():
    path = os.path.join(${JSON.stringify(folder)}, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
guest = os.getpid()
child = os.fork()
if child == 0:
    # A grandchild, so that the guest has no child that it did not start.
    if os.fork() == 0:
        end_of_input = select.poll()
        end_of_input.register(0, 0)
        end_of_input.poll()
        try:
            os.kill(guest, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os._exit(0)
os.waitpid(child, 0)
os.execv(sys.executable, [sys.executable, *${JSON.stringify(command)}])
`;
}
