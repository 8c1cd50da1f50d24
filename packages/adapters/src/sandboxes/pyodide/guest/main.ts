// The program that runs CPython, compiled to WebAssembly, in a Deno without permissions. Its arguments are the folder
// of Pyodide, and the file of a memory snapshot; or `--snapshot`, to make one, which it writes to standard output.
import { join, sep } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { loadPyodide as LoadPyodide, PyodideAPI } from "pyodide";
import { openLine } from "../../javascript/guest/platform.ts";
import { makeSnapshot } from "./make-snapshot.ts";
import { PyodideGuest } from "./pyodide-guest.ts";

/** What of Deno is used here. */
declare const Deno: {
  readFileSync(path: string): Uint8Array<ArrayBuffer>;
  permissions: { revoke(permission: { name: "read" }): Promise<unknown> };
};

const [folder = "", snapshot = ""] = process.argv.slice(2);
const { loadPyodide } = (await import(pathToFileURL(join(folder, "pyodide.mjs")).href)) as {
  loadPyodide: typeof LoadPyodide;
};
const indexURL = join(folder, sep);
const writeOut = process.stdout.write.bind(process.stdout);
const write = (text: string): void => void writeOut(text);

if (snapshot === "--snapshot") await makeSnapshot(loadPyodide, indexURL);
else {
  const drop = (): void => undefined;
  // What is written to the descriptors 1 and 2 is nobody's: the code prints by messages.
  const load = {
    indexURL,
    env: {},
    stdout: drop,
    stderr: drop,
    ...(snapshot !== "" && { _loadSnapshot: Deno.readFileSync(snapshot) }),
  };
  const pyodide: PyodideAPI = await loadPyodide(load);
  // Nothing more is read: from here on there is no permission at all.
  await Deno.permissions.revoke({ name: "read" });
  for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name] = drop;
  new PyodideGuest(openLine(process.stdin, write), write, pyodide).start();
}
