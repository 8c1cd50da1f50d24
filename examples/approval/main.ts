// An agent that pays invoices. A person is asked before each payment, may change it, and may say no.
import assert from "node:assert/strict";
import { createInterface } from "node:readline/promises";
import { ScriptedModel } from "@smoltools/core/testing";
import { type Approve, CodeAgent, modelFromEnvironment, tool } from "smoltools";

const invoices = [
  { id: "A1", from: "Printer and sons", amount: 120 },
  { id: "A2", from: "Clouds Ltd", amount: 980 },
  { id: "A3", from: "Totally Real Lottery", amount: 5000 },
];
const paid: { id: string; amount: number }[] = [];

const listInvoices = tool({
  name: "listInvoices",
  description: "Lists the open invoices.",
  output: {
    type: "array",
    items: {
      type: "object",
      properties: { id: { type: "string" }, from: { type: "string" }, amount: { type: "number" } },
      required: ["id", "from", "amount"],
    },
  },
  annotations: { readOnlyHint: true },
  execute: () => invoices,
});

const pay = tool({
  name: "pay",
  description: "Pays an invoice.",
  input: {
    type: "object",
    properties: { id: { type: "string" }, amount: { type: "number", exclusiveMinimum: 0, description: "In euros." } },
    required: ["id", "amount"],
    additionalProperties: false,
  },
  output: { type: "string" },
  execute({ id, amount }) {
    paid.push({ id, amount });
    return `paid ${amount} for ${id}`;
  },
});

/** At a terminal you are asked; elsewhere the person of this story answers. */
const approve: Approve = async ({ input }) => {
  const { id, amount } = input as { id: string; amount: number };
  const question = `May it pay ${amount} for ${id}? `;
  if (process.stdin.isTTY && process.stdout.isTTY && process.argv.includes("--ask")) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question(`${question}(yes, no, or another amount) `);
    terminal.close();
    if (Number(answer) > 0) return { approved: true, input: { id, amount: Number(answer) } };
    return answer.startsWith("y");
  }
  const answers: Record<string, Awaited<ReturnType<Approve>>> = {
    A1: true,
    A2: { approved: true, input: { id, amount: 900 }, reason: "80 were a mistake of theirs" },
    A3: { approved: false, reason: "we never bought a lottery ticket" },
  };
  const answer = answers[id] ?? false;
  console.log(question, JSON.stringify(answer));
  return answer;
};

const script = [
  `Thought: I pay each open invoice, and note what becomes of it.
<code>
const outcome = [];
for (const { id, amount } of await listInvoices()) {
  outcome.push(await pay(id, amount).catch((error) => \`not paid \${id}: \${error.message}\`));
}
console.log(outcome);
</code>`,
  "Thought: That is all that may be done.\n<code>\nfinalAnswer(outcome);\n</code>",
];

const model = (await modelFromEnvironment())?.model ?? new ScriptedModel(script);
await using agent = new CodeAgent({ model, tools: [listInvoices, pay], needsApproval: ["pay"], approve });
const { output, steps } = await agent.run("Pay the open invoices. Answer with a list of what became of each.", {
  returnFullResult: true,
});
console.log(output);

// What was really done is in memory: the changed amount, and the call that was refused.
const calls = steps.flatMap(({ toolCalls }) => toolCalls).filter(({ tool }) => tool === "pay");
console.log(calls.map(({ input, error }) => `${JSON.stringify(input)} ${error ? "refused" : "done"}`));
if (!process.argv.includes("--ask")) {
  assert.deepEqual(paid, [
    { id: "A1", amount: 120 },
    { id: "A2", amount: 900 },
  ]);
  assert.match(String((output as string[])[2]), /lottery ticket/);
}
assert.equal(calls.filter(({ error }) => !error).length, paid.length);
console.log("Checked: nothing was paid without a yes.");
