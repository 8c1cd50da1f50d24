// A tool that was written for LangChain becomes a package on a hub, and runs where there is no LangChain.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, Tool } from "smoltools";
import { localHub } from "../local-hub.ts";
import { workingDays } from "./working-days.ts";

const configured = (await modelFromEnvironment())?.model;
await using hub = await localHub();

console.log("A project is made of the tool, with what it declares written down:");
const project = join(hub.folder, "working-days");
const source = "langchain-to-hub/working-days.ts#workingDays";
await hub.smoltools("convert", "langchain", source, "--name", "demo/working-days", "--out", project, "--yes");
const { smoltools } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
console.log(`  ${smoltools.name} of ${smoltools.convertedFrom.kind}, ${smoltools.convertedFrom.export}`);

console.log("It is published like any other:");
const pushed = await hub.smoltools("push", join(project, "src/tools.js"), "demo/working-days", "--version", "1.0.0");
console.log(" ", pushed.trim().split("\n").at(-1));

console.log("Whoever loads it needs neither LangChain nor zod: both are in its bundle, which runs in the sandbox.");
await using tool = await Tool.fromHub("demo/working-days@^1");
console.log(`  ${tool.name}: ${tool.description}`);

const script = [
  `Thought: I ask for the delivery of each order at once.
<code>
const due = await Promise.all(orders.map(({ day, days }) => working_days({ from: day, days })));
finalAnswer(due);
</code>`,
];
const orders = [
  { day: "2026-11-20", days: 1 },
  { day: "2026-12-24", days: 5 },
];
await using agent = new CodeAgent({ model: configured ?? new ScriptedModel(script), tools: [tool] });
const task =
  "For each order, on which date is it due, so many working days after its day? Answer with a list of dates.";
const due = await agent.run(task, { additionalArgs: { orders } });
console.log(" ", due);

// The same by LangChain itself, in this process.
const expected = await Promise.all(orders.map(({ day, days }) => workingDays.invoke({ from: day, days })));
assert.deepEqual(due, expected);
await assert.rejects(tool.call({ from: "yesterday" }), { code: "TOOL_INPUT_INVALID" });
console.log("Checked: the package gives what the tool gives in LangChain.");
