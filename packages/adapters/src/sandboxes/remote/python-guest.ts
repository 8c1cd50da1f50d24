import { pythonGuestFiles, pythonGuestStart } from "../python/guest-files.ts";
import { pythonLanguage } from "../python/python-language.ts";
import { pythonRuntime } from "../python/python-runtime.ts";
import { type RemoteGuest, withDataLimit } from "./remote-guest.ts";

const { environment, flags, memory, ownBytes } = pythonRuntime;

/** The guest of Python, for machines with Python 3.9 or later. */
export const pythonGuest: RemoteGuest = {
  language: pythonLanguage,
  memory,
  fileName: "guest.py",
  program: async () => selfExtracting(Object.fromEntries(pythonGuestFiles())),
  command: (path, memoryBytes) => {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return withDataLimit(ownBytes + memoryBytes, ["env", ...variables, "python3", ...flags, path]);
  },
};

function selfExtracting(files: Readonly<Record<string, string>>): string {
  // Texts of JSON in ASCII are texts of Python.
  const text = JSON.stringify(JSON.stringify(files)).replace(/[^\x20-\x7e]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `import json, os, sys
if sys.version_info < (3, 9):
    sys.exit("the machine has Python %d.%d, but 3.9 or later is needed: choose another image or template" % sys.version_info[:2])
folder = os.path.dirname(os.path.abspath(__file__))
for path, text in json.loads(${text}).items():
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
start = os.path.join(folder, ${JSON.stringify(pythonGuestStart)})
os.execv(sys.executable, [sys.executable, *${JSON.stringify(flags)}, start, "--stdio"])
`;
}
