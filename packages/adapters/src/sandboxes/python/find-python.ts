import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import process from "node:process";

/** A Python of this machine, and what it needs to run elsewhere. All paths are absolute. */
export interface PythonInstallation {
  /** The program itself, not a link or script that leads to it. */
  executable: string;
  /** Folders of the standard library. */
  library: readonly string[];
  /** Shared libraries that it loads. */
  sharedLibraries: readonly string[];
}

/** The least that the guest runs on. Columns of errors are known since 3.11. */
const oldest: readonly [number, number] = [3, 9];
/** It takes some 50 ms. */
const examineMs = 10_000;

/** How to get Python. */
export const pythonHint: string = `install Python ${oldest.join(".")} or later so that python3 is on the PATH (apt install python3), or set pythonPath`;

/** Tells where things are. Loads the modules whose shared libraries may be none of the system's, to see them mapped. */
const examination = `
import json, os, sys
if sys.version_info < (${oldest.join(", ")}): sys.exit("it is Python " + sys.version.split()[0])
for name in ("_bz2", "_ctypes", "_decimal", "_hashlib", "_lzma", "_sqlite3", "_ssl", "_uuid", "pyexpat", "zlib"):
    try: __import__(name)
    except ImportError: pass
mapped = open("/proc/self/maps").read().splitlines() if os.path.exists("/proc/self/maps") else []
print(json.dumps({
    "executable": os.path.realpath(sys.executable),
    "library": [path for path in dict.fromkeys(map(os.path.abspath, sys.path)) if os.path.exists(path)],
    "sharedLibraries": sorted({line.split(None, 5)[5] for line in mapped if ".so" in line}),
}))
`;

type Found = PythonInstallation | { problem: string };

const known = new Map<string, PythonInstallation>();

/**
 * The Python to use, or why there is none.
 *
 * @param pythonPath - Path of the program. Default: the first `python3` on the `PATH` that is recent enough.
 */
export async function findPython(pythonPath?: string): Promise<Found> {
  if (pythonPath !== undefined) return examineOnce(pythonPath);
  let problem: string | undefined;
  for (const path of await pythonsOnPath()) {
    const found = await examineOnce(path);
    if (!("problem" in found)) return found;
    problem ??= found.problem;
  }
  return { problem: problem ?? "there is no python3 on the PATH" };
}

async function pythonsOnPath(): Promise<string[]> {
  const paths = (process.env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const found = await Promise.all(
    paths.map(async (folder) => {
      const path = join(folder, "python3");
      try {
        await access(path, constants.X_OK);
        return [path];
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
}

async function examineOnce(path: string): Promise<Found> {
  const before = known.get(path);
  if (before) return before;
  const found = await examine(path);
  if (!("problem" in found)) known.set(path, found);
  return found;
}

function examine(path: string): Promise<Found> {
  return new Promise((resolve) => {
    const options = { timeout: examineMs, cwd: "/" };
    execFile(path, ["-I", "-S", "-c", examination], options, (error, stdout, stderr) => {
      const said = stderr.trim().split("\n").at(-1);
      const why = said || error?.message.split("\n")[0] || "it is no Python";
      resolve((error ? undefined : readInstallation(stdout)) ?? { problem: `${path} cannot be used: ${why}` });
    });
  });
}

function readInstallation(text: string): PythonInstallation | undefined {
  try {
    const value = JSON.parse(text) as Partial<PythonInstallation>;
    const { executable, library, sharedLibraries } = value;
    if (typeof executable !== "string" || !Array.isArray(library) || !Array.isArray(sharedLibraries)) return undefined;
    return { executable, library, sharedLibraries };
  } catch {
    return undefined;
  }
}
