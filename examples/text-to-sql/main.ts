// An agent answers a question about a SQLite file. It writes the SQL, and mends it when the database complains.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, tool } from "smoltools";
import { makeDatabase, rowsOf } from "./database.ts";

const folder = await mkdtemp(join(tmpdir(), "smoltools-example-"));
const path = join(folder, "flights.sqlite");
makeDatabase(path);

// Read-only is not a request to the model, but how the file is opened.
const database = new DatabaseSync(path, { readOnly: true });
const tables = database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table'").all();

const query = tool({
  name: "query",
  description: `Runs a query in SQLite. The tables:\n${tables.map(({ sql }) => sql).join(";\n")}`,
  input: {
    type: "object",
    properties: {
      sql: { type: "string", description: "One SELECT." },
      parameters: { type: "array", items: { type: ["string", "number"] }, description: "Values for each ?, in order." },
    },
    required: ["sql"],
  },
  output: { type: "array", items: { type: "object" } },
  annotations: { readOnlyHint: true },
  execute: ({ sql, parameters = [] }) => database.prepare(sql).all(...parameters),
});

const task =
  "Which airport of Texas has the most flights to other states? Answer with an object { iata, flights, busiest }, " +
  "where busiest are the IATA codes of its three busiest destinations outside of Texas, busiest first.";

const script = [
  `Thought: I add up the flights of each airport of Texas that leave the state.
<code>
const totals = await query(\`
  SELECT o.iata, SUM(f.flights) AS flights FROM flights f
  JOIN airports o ON o.iata = f.origin JOIN airports d ON d.iata = f.destination
  WHERE o.state = ? AND d.state <> ? GROUP BY o.iata ORDER BY 2 DESC LIMIT 3\`, ["TX", "TX"]);
console.log(totals);
</code>`,
  `Thought: The column is called count. With the airport I can ask for its destinations in the same step.
<code>
const outside = \`FROM flights f JOIN airports o ON o.iata = f.origin JOIN airports d ON d.iata = f.destination
  WHERE o.state = 'TX' AND d.state <> 'TX'\`;
const [top] = await query(\`SELECT o.iata, SUM(f.count) AS flights \${outside} GROUP BY o.iata ORDER BY 2 DESC LIMIT 1\`);
const rows = await query(\`SELECT d.iata \${outside} AND o.iata = ? ORDER BY f.count DESC LIMIT 3\`, [top.iata]);
finalAnswer({ ...top, busiest: rows.map(({ iata }) => iata) });
</code>`,
];

const model = (await modelFromEnvironment())?.model ?? new ScriptedModel(script);
await using agent = new CodeAgent({ model, tools: [query], maxSteps: 8 });
console.log(task);
const { output, steps } = await agent.run(task, { returnFullResult: true });
for (const { number, error, toolCalls } of steps) {
  console.log(`step ${number}: ${toolCalls.length} queries${error ? `, failed: ${error.message.split("\n")[0]}` : ""}`);
}
console.log(output);

// The same without SQL.
const stateOf = new Map(rowsOf("airports").map(({ iata, state }) => [iata, state]));
const leaving = rowsOf("flights-airport").filter(
  ({ origin, destination }) => stateOf.get(origin) === "TX" && stateOf.get(destination) !== "TX",
);
const totals = new Map<string, number>();
for (const { origin = "", count } of leaving) totals.set(origin, (totals.get(origin) ?? 0) + Number(count));
const [[iata, flights] = []] = [...totals].sort(([, a], [, b]) => b - a);
const fromThere = leaving
  .filter(({ origin }) => origin === iata)
  .sort((a, b) => Number(b["count"]) - Number(a["count"]));
const busiest = fromThere.slice(0, 3).map(({ destination }) => destination);
assert.deepEqual(output, { iata, flights, busiest });
assert.throws(() => database.exec("DELETE FROM flights"), /readonly/);
database.close();
await rm(folder, { recursive: true, force: true });
console.log("Checked: computed again without SQL, and the file could not have been changed.");
