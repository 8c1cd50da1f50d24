import { readdir, readFile } from "node:fs/promises";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { type RemoteGuest, withDataLimit } from "./remote-guest.ts";

const megabyte = 1024 * 1024;
/** What V8 reserves before any code runs: with less it does not start. */
const reservedBytes = 576 * megabyte;
const folders = ["javascript/guest", "quickjs/guest"];

/** The guest of Node, for machines with Node 22.15 or later. */
export const javascriptGuest: RemoteGuest = {
  language: javascriptLanguage,
  memory: { least: 16 * megabyte, most: 64 * 1024 * megabyte, reason: "Node" },
  fileName: "guest.mjs",
  program: async () => {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const files = (await Promise.all(folders.map((folder) => sourcesOf(folder, extension)))).flat();
    return selfExtracting(Object.fromEntries(files), `javascript/guest/node.${extension}`);
  },
  command: (path, memoryBytes) =>
    withDataLimit(reservedBytes + 2 * memoryBytes, [
      "node",
      `--max-old-space-size=${Math.ceil(memoryBytes / megabyte)}`,
      "--disable-warning=ExperimentalWarning",
      path,
      "stdio",
    ]),
};

/** Adds the processor time to what the guest answers when it is asked whether it is busy: nobody else can tell it. */
const tellProcessorTime = `const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (line) => {
  if (!line.startsWith('{"type":"pong",')) return write(line);
  const { user, system } = process.cpuUsage();
  return write(line.replace(/}\\n$/, \`,"busyMs":\${(user + system) / 1000}}\\n\`));
};`;

async function sourcesOf(folder: string, extension: string): Promise<[path: string, source: string][]> {
  const root = new URL(`../${folder}/`, import.meta.url);
  const names = (await readdir(root)).filter((name) => name.endsWith(`.${extension}`) && !name.includes(".test."));
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, root), "utf8")));
  return sources.map((source, index) => [`${folder}/${names[index]}`, source]);
}

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
const files = ${JSON.stringify({ "package.json": '{"type":"module"}', ...files })};
for (const [path, source] of Object.entries(files)) {
  const file = fileURLToPath(new URL(path, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}
${tellProcessorTime}
await import(${JSON.stringify(`./${entry}`)});
`;
}
