import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Calculator } from "@langchain/community/tools/calculator";
import { SearxngSearch } from "@langchain/community/tools/searxng_search";
import { WikipediaQueryRun } from "@langchain/community/tools/wikipedia_query_run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toolFromLangchain } from "./index.ts";

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const answer = searchParams.has("srsearch")
    ? { query: { search: [{ title: "Bern" }] } }
    : searchParams.has("titles")
      ? { query: { pages: { 1: { extract: "Bern is the capital of Switzerland." } } } }
      : { results: [{ title: "Bern", content: "A city.", url: "https://example.org" }], infoboxes: [], answers: [] };
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

describe("a tool of @langchain/community", () => {
  it("that calculates is called", async () => {
    const calculator = await toolFromLangchain(new Calculator());
    expect(calculator.name).toBe("calculator");
    expect(calculator.inputSchema.properties).toEqual({ input: { type: "string" } });
    expect(await calculator.call({ input: "2 * (20 + 1)" })).toBe("42");
  });

  it("that asks Wikipedia is called", async () => {
    const wikipedia = await toolFromLangchain(new WikipediaQueryRun({ baseUrl: `${url}/api.php`, topKResults: 1 }), {
      name: "wikipedia",
    });
    expect(wikipedia.annotations).toEqual({ title: "wikipedia-api" });
    expect(await wikipedia.call({ input: "Bern" })).toContain("Bern is the capital of Switzerland.");
  });

  it("that searches is called", async () => {
    const search = await toolFromLangchain(new SearxngSearch({ apiBase: url }));
    expect(search.name).toBe("searxng_search");
    expect(await search.call({ input: "Bern" })).toContain("A city.");
  });
});
