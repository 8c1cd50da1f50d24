// The tools of an MCP server in the code of an agent: it splits a file into one per company, all of them at once.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, ToolCollection } from "smoltools";

const folder = await realpath(await mkdtemp(join(tmpdir(), "smoltools-example-")));
await copyFile(new URL("../data/stocks.csv", import.meta.resolve("vega-datasets")), join(folder, "stocks.csv"));

// The official server for files. It gets one folder, and of our environment nothing but what programs need.
const server = {
  command: process.execPath,
  args: [fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-filesystem/dist/index.js")), folder],
  name: "files",
};
// What its tools declare goes into the lock file: a server that says something else tomorrow is refused.
const lockFile = join(folder, "smoltools.lock");
await using files = await ToolCollection.fromMcp(server, { lockFile });
const tools = await files.tools();
console.log(`${tools.length} tools of ${files.servers}: ${tools.map(({ name }) => name).join(", ")}`);

const task =
  `In the folder ${folder} is stocks.csv, with the columns symbol, date, price. Write a file <symbol>.csv beside it for ` +
  "each symbol, with the same header and the lines of that symbol. Answer with the names of the new files, sorted.";

const script = [
  `Thought: I read the file and look at its first lines.
<code>
const folder = "${folder}";
const { content } = await read_text_file({ path: folder + "/stocks.csv" });
const [header, ...lines] = content.trim().split("\\n");
console.log(header, lines.length, lines.slice(0, 2));
</code>`,
  `Thought: The symbol stands before the first comma. I write all files at the same time, and look whether they are there.
<code>
const symbols = [...new Set(lines.map((line) => line.split(",")[0]))].sort();
await Promise.all(symbols.map((symbol) =>
  write_file({
    path: \`\${folder}/\${symbol}.csv\`,
    content: [header, ...lines.filter((line) => line.startsWith(symbol + ","))].join("\\n") + "\\n",
  }),
));
console.log(await list_directory({ path: folder }));
finalAnswer(symbols.map((symbol) => symbol + ".csv"));
</code>`,
];

const model = (await modelFromEnvironment())?.model ?? new ScriptedModel(script);
await using agent = new CodeAgent({ model, tools });
const { output, steps } = await agent.run(task, { returnFullResult: true });
for (const { number, toolCalls, error } of steps) {
  console.log(`step ${number}: ${toolCalls.map(({ tool }) => tool).join(", ")}${error ? ` (${error.message})` : ""}`);
}
console.log(output);

const [header = "", ...lines] = (await readFile(join(folder, "stocks.csv"), "utf8")).trim().split("\n");
const symbols = [...new Set(lines.map((line) => line.slice(0, line.indexOf(","))))].sort();
assert.deepEqual(
  output,
  symbols.map((symbol) => `${symbol}.csv`),
);
for (const symbol of symbols) {
  const expected = [header, ...lines.filter((line) => line.startsWith(`${symbol},`))];
  assert.deepEqual((await readFile(join(folder, `${symbol}.csv`), "utf8")).trim().split("\n"), expected);
}
assert.ok((await readdir(folder)).includes("smoltools.lock"));
await rm(folder, { recursive: true, force: true });
console.log(`Checked: ${symbols.length} files with ${lines.length} lines in all.`);
