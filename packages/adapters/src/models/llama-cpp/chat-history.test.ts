import { type Message, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { chatHistory } from "./chat-history.ts";

const result = (toolCallId: string, text: string): Message => ({
  role: "tool",
  toolCallId,
  content: [{ type: "text", text }],
});
const call = (id: string, args = '{"x":1}') => ({ id, name: "f", arguments: args });

describe("chatHistory", () => {
  it("ends with a message of the model, for it to write", () => {
    expect(chatHistory([textMessage("system", "s"), textMessage("user", "u")])).toEqual([
      { type: "system", text: "s" },
      { type: "user", text: "u" },
      { type: "model", response: [] },
    ]);
  });

  it("puts results to their calls, and goes on in the same message", () => {
    const messages: Message[] = [
      textMessage("user", "u"),
      { role: "assistant", content: [{ type: "text", text: "I look." }], toolCalls: [call("a"), call("b")] },
      result("b", "two"),
      result("a", "one"),
      { role: "assistant", content: [], toolCalls: [call("c", "")] },
      result("c", "three"),
    ];
    const params = { x: 1 };
    expect(chatHistory(messages).slice(1)).toEqual([
      {
        type: "model",
        response: [
          "I look.",
          { type: "functionCall", name: "f", params, result: "one", startsNewChunk: true },
          { type: "functionCall", name: "f", params, result: "two", startsNewChunk: false },
          { type: "functionCall", name: "f", params: {}, result: "three", startsNewChunk: true },
        ],
      },
    ]);
  });

  it("shows arguments that are no object as what the model wrote", () => {
    const [item] = chatHistory([{ role: "assistant", content: [], toolCalls: [call("a", '{"x": "un')] }]);
    expect(item).toMatchObject({ response: [{ params: { invalid_arguments: '{"x": "un' } }] });
  });

  it("keeps the result of a call that is no longer there", () => {
    expect(chatHistory([result("gone", "one")])[0]).toEqual({ type: "user", text: "Result of a tool:\none" });
  });

  it("refuses images", () => {
    const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
    expect(() => chatHistory([{ role: "user", content: [image] }])).toThrow("takes no images");
  });
});
