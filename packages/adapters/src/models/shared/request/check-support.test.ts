import { type ModelRequest, type ModelSupport, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { checkSupport } from "./check-support.ts";

const messages = [textMessage("user", "hi")];
const tool = { name: "f", description: "Does it.", inputSchema: { type: "object" } } as const;
const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
const all: ModelRequest = {
  messages: [...messages, { role: "user", content: [image] }],
  tools: [tool],
  responseFormat: { name: "n", schema: { type: "object" } },
};

describe("checkSupport", () => {
  it.each<[string, ModelSupport]>([
    ["structured output (case 62)", { structuredOutput: false }],
    ["tools", { tools: false }],
    ["images", { images: false }],
  ])("refuses a request for %s where there is none", (_, supports) => {
    const option = Object.keys(supports)[0];
    const check = () => checkSupport(all, supports, "m");
    expect(check).toThrow(`The model m was made with supports.${option}: false`);
    expect(check).toThrow(expect.objectContaining({ code: "MODEL_BAD_REQUEST" }));
  });

  it.each<[string, ModelRequest, ModelSupport]>([
    ["everything where nothing is known", all, {}],
    ["everything where all is there", all, { structuredOutput: true, tools: true, images: true }],
    [
      "text where there is nothing else",
      { messages, tools: [] },
      { structuredOutput: false, tools: false, images: false },
    ],
  ])("takes a request for %s", (_, request, supports) => {
    expect(() => checkSupport(request, supports, "m")).not.toThrow();
  });
});
