import { javascriptGuestFiles, nodeGuestStart } from "../javascript/guest-files.ts";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { heapFlag, nodeMemory, v8ReservedBytes } from "../javascript/v8-memory.ts";
import { type RemoteGuest, withDataLimit } from "./remote-guest.ts";

/** The guest of Node, for machines with Node 22.15 or later. */
export const javascriptGuest: RemoteGuest = {
  language: javascriptLanguage,
  memory: nodeMemory,
  fileName: "guest.mjs",
  program: async () => selfExtracting(Object.fromEntries(await javascriptGuestFiles()), nodeGuestStart),
  command: (path, memoryBytes) =>
    withDataLimit(v8ReservedBytes + 2 * memoryBytes, [
      "node",
      heapFlag(memoryBytes),
      "--disable-warning=ExperimentalWarning",
      path,
      "stdio",
    ]),
};

function selfExtracting(files: Readonly<Record<string, string>>, entry: string): string {
  return `import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  console.error(\`the machine has Node \${process.version}, but 22.15 or later is needed: choose another image or template\`);
  process.exit(1);
}
const files = ${JSON.stringify(files)};
for (const [path, source] of Object.entries(files)) {
  const file = fileURLToPath(new URL(path, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}
await import(${JSON.stringify(`./${entry}`)});
`;
}
