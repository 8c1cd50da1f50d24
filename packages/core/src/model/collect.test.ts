import { describe, expect, it } from "vitest";
import { ReplyCollector } from "./collect.ts";

describe("a reply in the making", () => {
  it("is the text so far, delta by delta (case 118)", () => {
    const collector = new ReplyCollector();
    const seen = ["Hello", " world"].map((text) => {
      collector.add({ type: "text", text });
      return collector.reply().text;
    });
    expect(seen).toEqual(["Hello", "Hello world"]);
  });

  it("joins the fragments of calls by their index, in the order of the indexes", () => {
    const collector = new ReplyCollector();
    collector.add({ type: "tool-call", index: 1, id: "b", name: "two", arguments: '{"n"' });
    collector.add({ type: "tool-call", index: 0, id: "a", name: "one", arguments: "{" });
    collector.add({ type: "tool-call", index: 1, arguments: ":2}" });
    collector.add({ type: "tool-call", index: 0, arguments: "}" });
    expect(collector.reply().toolCalls).toEqual([
      { id: "a", name: "one", arguments: "{}" },
      { id: "b", name: "two", arguments: '{"n":2}' },
    ]);
  });
});
