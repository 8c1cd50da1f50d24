import type { Message } from "@smoltools/core";
import { textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { wireMessages } from "./wire-messages.ts";

const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
const wireImage = { type: "image_url", image_url: { url: "data:image/png;base64,aGk=" } };
const text = (value: string) => ({ type: "text", text: value }) as const;
const assistantCall = (args: string): Message => ({
  role: "assistant",
  content: [],
  toolCalls: [{ id: "a", name: "f", arguments: args }],
});

describe("wireMessages", () => {
  it("writes content without images as a text", () => {
    const messages: Message[] = [textMessage("system", "s"), { role: "user", content: [text("one "), text("two")] }];
    expect(wireMessages(messages)).toEqual([
      { role: "system", content: "s" },
      { role: "user", content: "one two" },
    ]);
  });

  it("writes images as data URLs, or as the address that they have (case 55)", () => {
    const linked = { type: "image", mediaType: "image/png", url: "https://example.org/i.png" } as const;
    expect(wireMessages([{ role: "user", content: [text("see"), image, linked] }])).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "see" },
          wireImage,
          { type: "image_url", image_url: { url: "https://example.org/i.png" } },
        ],
      },
    ]);
  });

  it("writes tool calls and the messages that answer them", () => {
    const answer: Message = { role: "tool", toolCallId: "a", content: [text("12°")] };
    expect(wireMessages([assistantCall('{"x":1}'), answer])).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: '{"x":1}' } }],
      },
      { role: "tool", tool_call_id: "a", content: "12°" },
    ]);
  });

  it("keeps the text of an assistant that also calls tools", () => {
    expect(wireMessages([{ ...assistantCall("{}"), content: [text("I look.")] } as Message])).toMatchObject([
      { role: "assistant", content: "I look." },
    ]);
  });

  it("writes an empty answer as an empty text", () => {
    expect(wireMessages([{ role: "assistant", content: [] }])).toEqual([{ role: "assistant", content: "" }]);
  });

  it("puts images that tools returned behind the last of the tool messages", () => {
    const messages: Message[] = [
      { role: "tool", toolCallId: "a", content: [text("drawn"), image] },
      { role: "tool", toolCallId: "b", content: [text("none")] },
      { role: "tool", toolCallId: "c", content: [image] },
      textMessage("user", "next"),
      { role: "tool", toolCallId: "d", content: [image] },
    ];
    expect(wireMessages(messages)).toEqual([
      { role: "tool", tool_call_id: "a", content: "drawn" },
      { role: "tool", tool_call_id: "b", content: "none" },
      { role: "tool", tool_call_id: "c", content: "" },
      {
        role: "user",
        content: [text("Images from tool call a:"), wireImage, text("Images from tool call c:"), wireImage],
      },
      { role: "user", content: "next" },
      { role: "tool", tool_call_id: "d", content: "" },
      { role: "user", content: [text("Images from tool call d:"), wireImage] },
    ]);
  });

  it.each([
    ["nothing", "", "{}"],
    ["white space", " \n", "{}"],
    ["an object", '{ "x": 1 }', '{ "x": 1 }'],
    ["an object that was cut short", '{"x": "un', '{"invalid_arguments":"{\\"x\\": \\"un"}'],
    ["a list", "[1]", '{"invalid_arguments":"[1]"}'],
    ["a text", '"Paris"', '{"invalid_arguments":"\\"Paris\\""}'],
  ])("sends %s as arguments that every server takes", (_, written, sent) => {
    expect(wireMessages([assistantCall(written)])).toMatchObject([{ tool_calls: [{ function: { arguments: sent } }] }]);
  });
});
