import type { HostFetch, SandboxProvider } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { baseTools } from "./base-tools.ts";

const fetch: HostFetch = () => Promise.reject(new Error("no network"));
const provider = (language: "javascript" | "python"): SandboxProvider => ({
  name: "some",
  language,
  create: () => Promise.reject(new Error("unused")),
});

describe("baseTools", () => {
  it("are two without a sandbox: a code agent has three with final_answer (case 11)", () => {
    expect(baseTools({ fetch }).map(({ name }) => name)).toEqual(["web_search", "visit_webpage"]);
  });

  it.each([
    ["python", "python_interpreter"],
    ["javascript", "javascript_interpreter"],
  ] as const)(
    "are three with a sandbox of %s: a tool-calling agent has four with final_answer (case 11)",
    (language, name) => {
      const names = baseTools({ fetch, sandbox: provider(language) }).map((tool) => tool.name);
      expect(names).toEqual([name, "web_search", "visit_webpage"]);
    },
  );

  it("take options of their tools", () => {
    const [search] = baseTools({ fetch, search: { engine: "bing" }, page: { timeoutMs: 5 } });
    expect(search?.annotations?.title).toBe("Web search (Bing)");
    expect(() => baseTools({ fetch, page: { timeoutMs: 0 } })).toThrow("timeoutMs must be a whole number from 1");
  });
});
