import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chatCompletionsServer } from "../agents/chat-completions-server.ts";
import { examples, runExample } from "./run-example.ts";

// The demo has a check of its own, `pnpm demo`; the user of Python is a test of `pnpm test:interop`.
const stories = readdirSync(examples).filter((name) => name !== "demo" && existsSync(join(examples, name, "main.ts")));
const runnable = stories.filter((name) => name !== "python-user");

describe("the examples", () => {
  it("are at least eight, each with a page, and with a line in the index", () => {
    expect(stories.length).toBeGreaterThanOrEqual(8);
    const index = readFileSync(join(examples, "README.md"), "utf8");
    const linked = [...index.matchAll(/^\| \[([a-z-]+)\]\(\1\/README\.md\)/gm)].map(([, name]) => name);
    expect(linked.sort()).toEqual(stories.sort());
    for (const name of stories) expect(readFileSync(join(examples, name, "README.md"), "utf8")).toMatch(/^# /);
  });

  it.each(stories)("%s is a main.ts of at most a hundred lines that imports what everybody can", (name) => {
    const source = readFileSync(join(examples, name, "main.ts"), "utf8");
    expect(source.split("\n").length).toBeLessThanOrEqual(101);
    const modules = [...source.matchAll(/from "([^"]+)"/g)].map(([, module = ""]) => module);
    const inside = modules.filter((module) => module.startsWith("."));
    expect(inside.filter((module) => !/^(\.\/[a-z-]+|\.\.\/local-hub)\.ts$/.test(module))).toEqual([]);
    expect(source).not.toMatch(/packages\/|\/src\/|\/dist\/index\.ts/);
  });
});

describe("the story", () => {
  it.each(runnable)("%s comes out as it says, and leaves nothing behind", { timeout: 120_000 }, async (name) => {
    const { lines, left } = await runExample(name);
    expect(lines.at(-1)).toMatch(/^Checked/);
    expect(left).toEqual([]);
  });
});

it(
  "the stories take a model that the environment names, and hold its answers to the same",
  { timeout: 120_000 },
  async () => {
    const answer = `Thought: I know the columns.
<code>
const rows = await query(\`SELECT o.iata, d.iata AS other, f.count FROM flights f JOIN airports o ON o.iata = f.origin
  JOIN airports d ON d.iata = f.destination WHERE o.state = 'TX' AND d.state <> 'TX' ORDER BY f.count DESC\`);
const flights = {};
for (const { iata, count } of rows) flights[iata] = (flights[iata] ?? 0) + count;
const iata = Object.keys(flights).sort((a, b) => flights[b] - flights[a])[0];
const busiest = rows.filter((row) => row.iata === iata).slice(0, 3).map(({ other }) => other);
finalAnswer({ iata, flights: flights[iata], busiest });
</code>`;
    await using server = await chatCompletionsServer([answer]);
    const { lines } = await runExample("text-to-sql", { OPENAI_BASE_URL: server.baseUrl, SMOLTOOLS_MODEL: "any" });
    expect(server.requests).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^Checked/);

    const wrong = "<code>\nfinalAnswer({ iata: 'IAH', flights: 1, busiest: [] });\n</code>";
    await using other = await chatCompletionsServer([wrong]);
    const failed = runExample("text-to-sql", { OPENAI_BASE_URL: other.baseUrl, SMOLTOOLS_MODEL: "any" });
    await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("AssertionError") });
  },
);
