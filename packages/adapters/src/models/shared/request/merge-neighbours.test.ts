import type { JsonObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { mergeNeighbours } from "./merge-neighbours.ts";

const user = (content: JsonObject["content"] = "") => ({ role: "user", content });
const text = (value: string) => ({ type: "text", text: value });
const image = { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } };
const call = (id: string) => ({ role: "assistant", content: null, tool_calls: [{ id }] });
const answer = (id: string) => ({ role: "tool", tool_call_id: id, content: "done" });

describe("mergeNeighbours", () => {
  it("joins the texts of one role in lines of their own (case 53)", () => {
    expect(mergeNeighbours([user("Hello!"), user("How are you?")])).toEqual([user("Hello!\nHow are you?")]);
  });

  it.each<[string, JsonObject[], JsonObject[]]>([
    ["three messages", [user("a"), user("b"), user("c")], [user("a\nb\nc")]],
    ["messages of the system", [{ role: "system", content: "a" }], [{ role: "system", content: "a" }]],
    ["a message without text", [user("a"), user(""), user("b")], [user("a\nb")]],
    ["a text and parts", [user("a"), user([text("b"), image])], [user([text("a"), text("b"), image])]],
    ["parts and a text", [user([image]), user("a")], [user([image, text("a")])]],
    ["parts and no text", [user([image]), user("")], [user([image])]],
  ])("joins %s", (_, messages, merged) => {
    expect(mergeNeighbours(messages)).toEqual(merged);
  });

  it.each<[string, JsonObject[]]>([
    ["messages of two roles", [user("a"), { role: "assistant", content: "b" }, user("c")]],
    ["answers of tools (case 53)", [call("1"), answer("1"), answer("2")]],
    ["messages that call tools", [{ role: "assistant", content: "a" }, call("1"), call("2")]],
    ["nothing", []],
  ])("leaves alone %s", (_, messages) => {
    expect(mergeNeighbours(messages)).toEqual(messages);
  });

  it("does not change what it was given", () => {
    const messages = [user("a"), user("b")];
    mergeNeighbours(messages);
    expect(messages).toEqual([user("a"), user("b")]);
  });
});
