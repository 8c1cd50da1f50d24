import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tool } from "../../tool/define-tool.ts";
import type { Tool } from "../../tool/tool.ts";
import { needsSearch, searchTool, ToolIndex } from "./tool-search.ts";

const toolOf = (name: string, description: string, argument = "it"): Tool =>
  tool({
    name,
    description,
    input: { type: "object", properties: { [argument]: { type: "string", description: "What it is about." } } },
    execute: () => null,
  }) as Tool;

const tools = [
  toolOf("getUserNames", "Lists people."),
  toolOf("send_mail", "Sends a message to somebody.", "recipient"),
  toolOf("weather", "Tells how warm it is in a city."),
  toolOf("forecast", "Tells the weather of the days to come, the weather of the week and the weather of the year."),
  toolOf("suche", "Findet Bücher über Überfahrten."),
];
const found = (query: string, limit = 10): string[] =>
  new ToolIndex(tools).search(query, limit).map(({ name }) => name);

describe("an index of tools", () => {
  it.each([
    ["words of the description", "message", ["send_mail"]],
    ["words of the name", "mail", ["send_mail"]],
    ["words of a name in one piece", "user name", ["getUserNames"]],
    ["the name itself", "getUserNames", ["getUserNames"]],
    ["the name of an argument", "recipient", ["send_mail"]],
    ["another number", "messages", ["send_mail"]],
    ["other capitals", "WEATHER", ["weather", "forecast"]],
    ["words of other languages", "bücher ÜBERFAHRTEN", ["suche"]],
    ["nothing", "", []],
    ["words that nobody knows", "zzz", []],
    ["marks alone", "?!… --", []],
  ])("finds by %s", (_title, query, names) => {
    expect(found(query)).toEqual(names);
  });

  it("puts a word in a name before one in a description", () => {
    expect(found("weather")[0]).toBe("weather");
  });

  it("shows no more than asked for", () => {
    expect(found("weather", 1)).toHaveLength(1);
  });

  it("orders equals by their names", () => {
    const twins = [toolOf("b_twin", "Same."), toolOf("a_twin", "Same.")];
    expect(new ToolIndex(twins).search("same", 5).map(({ name }) => name)).toEqual(["a_twin", "b_twin"]);
  });

  it("is of use without any tools", () => {
    expect(new ToolIndex([]).search("weather", 5)).toEqual([]);
  });

  it("finds each tool by its own name, first, whatever the others are", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{4,8}_[a-z]{4,8}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(names, fc.nat(), (given, place) => {
        const index = new ToolIndex(given.map((name) => toolOf(name, "Does something.")));
        const name = given[place % given.length] ?? "";
        const [first] = index.search(name.replaceAll("_", " "), 5);
        const words = new Set(name.split("_").map((word) => (word.endsWith("s") ? word.slice(0, -1) : word)));
        const shared = given.filter((other) => other.split("_").some((word) => words.has(word.replace(/s$/, ""))));
        expect(shared).toContain(first?.name);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the search tool", () => {
  it("shows the declarations of what it found, and tells who asked", async () => {
    const told: string[][] = [];
    const search = searchTool(
      tools,
      (list) => list.map(({ name }) => name).join(),
      (list) => told.push(list.map(({ name }) => name)),
    );
    expect(await search.call({ query: "weather" })).toBe("weather,forecast");
    expect(told).toEqual([["weather", "forecast"]]);
  });

  it("is needed above the limit only", () => {
    expect(needsSearch("x".repeat(400), { maxTokens: 100 })).toBe(false);
    expect(needsSearch("x".repeat(404), { maxTokens: 100 })).toBe(true);
  });
});
