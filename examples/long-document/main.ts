// A document ten times as long as what the model may see. The run is broken off, and goes on in another agent.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { ScriptedModel } from "@smoltools/core/testing";
import { type AgentObserver, CodeAgent, estimateMessageTokens, modelFromEnvironment } from "smoltools";

const guides = new URL("../../docs/guide/", import.meta.url);
const pages = readdirSync(guides).filter((name) => name.endsWith(".md"));
const book = pages.map((name) => `# FILE ${name}\n${readFileSync(new URL(name, guides), "utf8")}`).join("\n");

const task =
  "The variable `book` holds a handbook; each of its pages begins with a line `# FILE name`. Make an index of the error " +
  "codes that begin with SANDBOX_ or MODEL_ and stand in backquotes: for each code the names of the pages, sorted. " +
  "Answer with an object of lists.";

const script = [
  `Thought: I split the book into its pages and look how long they are.
<code>
const files = book.split(/^# FILE /m).slice(1).map((text) => ({ name: text.slice(0, text.indexOf("\\n")), text }));
console.log(files.length, files.map(({ name, text }) => name + " " + text.length).join(", "));
</code>`,
  `Thought: The variables are gone, but I know how to split the book. Now the index.
<code>
const files = book.split(/^# FILE /m).slice(1).map((text) => ({ name: text.slice(0, text.indexOf("\\n")), text }));
const index = {};
for (const { name, text } of files) {
  for (const [, code] of text.matchAll(/\`((?:SANDBOX|MODEL)_[A-Z_]+)\`/g)) {
    index[code] ??= [];
    if (!index[code].includes(name)) index[code].push(name);
  }
}
console.log(Object.keys(index).length);
</code>`,
  "Thought: That is the index.\n<code>\nfinalAnswer(index);\n</code>",
];
const configured = (await modelFromEnvironment())?.model;
const options = {
  // Earlier steps are summed up before a request would be longer than this; the run ends before it is expensive.
  compaction: { maxTokens: 6_000 },
  budget: { maxTokens: 60_000, maxDurationMs: 120_000 },
};

let largest = 0;
const observer: AgentObserver = {
  onEvent(event) {
    if (event.type !== "model-request") return;
    largest = Math.max(largest, estimateMessageTokens(event.request.messages));
  },
};

const first = new CodeAgent({
  ...options,
  model: configured ?? new ScriptedModel(script.slice(0, 1)),
  observers: [observer],
  onStep: ({ number }, agent) => number === 1 && agent.interrupt(),
});
const reason = await first.run(task, { additionalArgs: { book } }).catch((error: { code: string }) => error.code);
const saved = JSON.stringify(first.memory);
await first.dispose();
console.log(`Broken off (${reason}); the memory is ${saved.length} characters, the book ${book.length}.`);
assert.equal(reason, "AGENT_INTERRUPTED");

const script2 = script.slice(1);
await using second = new CodeAgent({
  ...options,
  model: configured ?? new ScriptedModel(script2),
  observers: [observer],
});
const { output, state, steps } = await second.run(null, {
  memory: JSON.parse(saved),
  additionalArgs: { book },
  returnFullResult: true,
});
const index = output as Record<string, string[]>;
console.log(`${state}: steps ${steps.map(({ number }) => number).join(", ")}; ${Object.keys(index).length} codes.`);
console.log("SANDBOX_TIMEOUT:", index["SANDBOX_TIMEOUT"]?.join(", "));
console.log(
  `The largest request had about ${largest} tokens; the book alone has about ${Math.round(book.length / 4)}.`,
);

const expected: Record<string, string[]> = {};
for (const name of pages.sort()) {
  const codes = readFileSync(new URL(name, guides), "utf8").match(/(?<=`)(SANDBOX|MODEL)_[A-Z_]+(?=`)/g) ?? [];
  for (const code of new Set(codes)) (expected[code] ??= []).push(name);
}
assert.deepEqual(index, expected);
assert.ok(largest < book.length / 4 / 5, "the book went through the model");
console.log("Checked: the index is complete, and the book never went through the model.");
