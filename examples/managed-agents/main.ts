// A manager gives the same analyst two tasks at once, and the results to a writer.
import assert from "node:assert/strict";
import { type ScriptedAnswer, ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, type ModelRequest, tool, ToolCallingAgent } from "smoltools";
import { changeOf, rows } from "./gapminder.ts";

const countries = tool({
  name: "countries",
  description: "Figures of all countries in one year.",
  input: {
    type: "object",
    properties: { year: { type: "integer", minimum: 1955, maximum: 2005, multipleOf: 5 } },
    required: ["year"],
  },
  output: {
    type: "array",
    items: {
      type: "object",
      properties: {
        country: { type: "string" },
        life_expect: { type: "number", description: "Life expectancy in years." },
        fertility: { type: "number", description: "Children of a woman." },
      },
    },
  },
  execute: ({ year }) => rows.filter((row) => row.year === year),
});

const configured = (await modelFromEnvironment())?.model;
const analysis = `Thought: I compare the first year with the last one.
<code>
const [before, after] = await Promise.all([countries(1955), countries(2005)]);
const changes = after.map((row) => ({
  country: row.country,
  change: row[column] - before.find(({ country }) => country === row.country)[column],
}));
changes.sort((a, b) => b.change - a.change);
const best = direction === "up" ? changes[0] : changes.at(-1);
finalAnswer({ country: best.country, change: Math.round(best.change * 100) / 100 });
</code>`;

const analyst = new CodeAgent({
  name: "analyst",
  description:
    "Finds the country in which a column (life_expect or fertility) changed most from 1955 to 2005. " +
    "Needs column and direction (up or down).",
  tools: [countries],
  answerSchema: {
    type: "object",
    properties: { country: { type: "string" }, change: { type: "number" } },
    required: ["country", "change"],
  },
  model: configured ?? new ScriptedModel([analysis, analysis], "model-of-the-analyst"),
});

const writer = new ToolCallingAgent({
  name: "writer",
  description: "Writes one plain sentence from facts.",
  answerSchema: { type: "string" },
  model: configured ?? new ScriptedModel([writeSentence], "model-of-the-writer"),
});

/** What a model does here: it reads the facts in its task, and makes a sentence of them. */
function writeSentence({ messages }: ModelRequest): ScriptedAnswer {
  const [one, other] = JSON.stringify(messages.at(-1)).match(/(?<=country\\":\\")[^\\]+/g) ?? [];
  const answer = `From 1955 to 2005, lives grew most in ${one}, and families shrank most in ${other}.`;
  return { calls: [{ name: "final_answer", input: { answer } }] };
}

const planOfManager = `Thought: Both questions at once, then a sentence of the two answers.
<code>
const facts = await Promise.all([
  analyst("Where did life expectancy rise most?", { column: "life_expect", direction: "up" }),
  analyst("Where did fertility fall most?", { column: "fertility", direction: "down" }),
]);
const sentence = await writer("Write one sentence on how life changed in these two countries.", { facts });
finalAnswer({ facts, sentence });
</code>`;

await using manager = new CodeAgent({
  model: configured ?? new ScriptedModel([planOfManager], "model-of-the-manager"),
  managedAgents: [analyst, writer],
});
const task =
  "Where did life expectancy rise most from 1955 to 2005, and where did fertility fall most? " +
  "Answer with { facts: [{ country, change }, { country, change }], sentence }.";
const { output, steps, toolCalls } = await manager.run(task, { returnFullResult: true });
for (const { tool, input, run } of steps.flatMap((step) => step.toolCalls)) {
  console.log(`${tool}: ${JSON.stringify(input)}, ${run?.steps.length} steps`);
}
console.log(output, `${toolCalls} calls in all`);

const { facts, sentence } = output as { facts: { country: string; change: number }[]; sentence: string };
// The same without agents.
const names = new Set(rows.map(({ country }) => country));
const life = Math.max(...[...names].map((country) => changeOf("life_expect", country)));
const children = Math.min(...[...names].map((country) => changeOf("fertility", country)));
assert.deepEqual([facts[0]?.change, facts[1]?.change], [life, children]);
for (const { country } of facts) assert.ok(sentence.includes(country), `the sentence leaves out ${country}`);
console.log("Checked: computed again without agents.");
