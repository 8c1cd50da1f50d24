// Research on the web: an agent searches, reads what it found, and answers with its sources.
import assert from "node:assert/strict";
import { jsonSearchEngine } from "@smoltools/adapters/tools";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, defaultSandboxLimits, hostFetch, modelFromEnvironment, visitWebpage, webSearch } from "smoltools";
import { startSite } from "./site.ts";

await using site = await startSite();

// The only host that the two tools reach. Without `fetch` they reach every public one, and none on this machine.
const fetch = hostFetch({ hosts: [site.host] });
const engine = jsonSearchEngine({
  title: "The guides",
  url: `http://${site.host}/search`,
  fields: { list: ["hits"], snippet: "content" },
});
const tools = [webSearch({ engine, fetch }), visitWebpage({ fetch })];

const task =
  "In smoltools, code that a model writes is stopped when it runs too long, or takes too much memory. What are the " +
  "default limits, and which error codes say that one was reached? Answer with an object { timeoutMs, memoryMiB, " +
  "timeoutCode, memoryCode, sources }; sources are the addresses of the pages that say so.";

const script = [
  `Thought: I search for the limits.
<code>
const found = await web_search("default limits of code: timeoutMs, memoryBytes");
console.log(found);
</code>`,
  `Thought: I read all of them at once, and look at the lines that have to do with limits.
<code>
const pages = await Promise.all(found.map(async ({ url }) => ({ url, text: await visit_webpage(url) })));
const lines = (text, word) => text.split("\\n").filter((line) => line.includes(word) && line.startsWith("|"));
for (const { url, text } of pages) console.log(url, lines(text, "timeoutMs"), lines(text, "memoryBytes"));
</code>`,
  ({ messages }: { messages: readonly unknown[] }) => {
    // What a model does here: it reads the lines, and writes down what they say.
    const seen = JSON.stringify(messages.at(-1));
    const timeout = /timeoutMs[^|]*\|\s*([\d,]+)\s*\|[^|]*?(SANDBOX_\w+)/.exec(seen);
    const memory = /memoryBytes[^|]*\|\s*(\d+) MiB\s*\|[^|]*?(SANDBOX_\w+)/.exec(seen);
    return `Thought: Both limits are in the table of one page.
<code>
const sources = pages.filter(({ text }) => lines(text, "memoryBytes").length > 0).map(({ url }) => url);
finalAnswer({
  timeoutMs: ${timeout?.[1]?.replace(",", "_")}, memoryMiB: ${memory?.[1]},
  timeoutCode: "${timeout?.[2]}", memoryCode: "${memory?.[2]}", sources,
});
</code>`;
  },
];

const model = (await modelFromEnvironment())?.model ?? new ScriptedModel(script);
await using agent = new CodeAgent({ model, tools, maxSteps: 10 });
console.log(task);
for await (const event of agent.stream(task)) {
  if (event.type === "tool-call") console.log(`  ${event.tool}`, event.input);
  if (event.type !== "result") continue;
  const answer = event.result.output as { timeoutMs: number; sources: string[] };
  console.log(answer);

  // What the pages say is held against the program that they describe.
  const { timeoutMs, memoryBytes } = defaultSandboxLimits;
  const expected = {
    timeoutMs,
    memoryMiB: memoryBytes / 2 ** 20,
    timeoutCode: "SANDBOX_TIMEOUT",
    memoryCode: "SANDBOX_MEMORY",
  };
  const { sources, ...facts } = answer;
  assert.deepEqual(facts, expected);
  assert.ok(sources.length > 0, "the answer names no sources");
  for (const source of sources) assert.ok(site.visited.includes(new URL(source).pathname), `${source} was never read`);
}
console.log("Checked: the limits are those of the program, and every source was read.");
