import { type Message, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { chatMessages } from "./chat-messages.ts";

describe("chatMessages", () => {
  it("joins neighbours of one role, which templates refuse (case 53)", () => {
    const messages = [textMessage("system", "s"), textMessage("user", "a"), textMessage("user", "b")];
    expect(chatMessages(messages)).toEqual([
      { role: "system", content: "s" },
      { role: "user", content: "a\nb" },
    ]);
  });

  it("writes calls with arguments as objects, and names the tool of each result", () => {
    const messages: Message[] = [
      {
        role: "assistant",
        content: [],
        toolCalls: [
          { id: "a", name: "f", arguments: '{"x":1}' },
          { id: "b", name: "g", arguments: "{" },
        ],
      },
      { role: "tool", toolCallId: "a", content: [{ type: "text", text: "one" }] },
      { role: "tool", toolCallId: "z", content: [] },
    ];
    expect(chatMessages(messages)).toEqual([
      {
        role: "assistant",
        content: "",
        tool_calls: [
          { id: "a", type: "function", function: { name: "f", arguments: { x: 1 } } },
          { id: "b", type: "function", function: { name: "g", arguments: { invalid_arguments: "{" } } },
        ],
      },
      { role: "tool", tool_call_id: "a", name: "f", content: "one" },
      { role: "tool", tool_call_id: "z", name: "unknown", content: "" },
    ]);
  });
});
