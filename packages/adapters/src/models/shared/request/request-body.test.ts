import { type JsonSchema, type ModelRequest, type ObjectSchema, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "../capabilities.ts";
import type { ModelParameters } from "../chat-options.ts";
import { requestBody } from "./request-body.ts";

function bodyOf(request: Partial<ModelRequest>, parameters: ModelParameters = {}, model = "m") {
  const messages = [textMessage("user", "hi")];
  const defaults = { model, parameters, capabilities: capabilitiesOf(model), mergeMessages: true };
  return requestBody({ messages, ...request }, defaults);
}

const tool = { name: "f", description: "Does it.", inputSchema: { type: "object" } } as const;

describe("requestBody", () => {
  it("asks for a stream that tells its usage, and for nothing that nobody set", () => {
    expect(bodyOf({})).toEqual({
      model: "m",
      messages: [{ role: "user", content: "hi" }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("takes the values of the parameters", () => {
    const body = bodyOf({}, { temperature: 0.5, maxTokens: 100, seed: 7, chat_template_kwargs: { thinking: false } });
    expect(body).toMatchObject({
      temperature: 0.5,
      max_tokens: 100,
      seed: 7,
      chat_template_kwargs: { thinking: false },
    });
  });

  it("prefers the values of the parameters to those of the request (case 49)", () => {
    expect(bodyOf({ maxTokens: 50, temperature: 0 }, { maxTokens: 100, temperature: 1 })).toMatchObject({
      max_tokens: 100,
      temperature: 1,
    });
  });

  it.each([
    ["temperature", "temperature"],
    ["maxTokens", "max_tokens"],
    ["max_tokens", "max_tokens"],
    ["max_completion_tokens", "max_tokens"],
    ["stream_options", "stream_options"],
    ["stop", "stop"],
    ["tools", "tools"],
    ["tools", "tool_choice"],
    ["tool_choice", "tool_choice"],
  ])("for a parameter %s of null sends no %s, also where the request sets it (case 49)", (parameter, field) => {
    const request = { temperature: 1, maxTokens: 5, tools: [tool], toolChoice: "auto", stop: ["a"] } as const;
    expect(bodyOf(request)).toHaveProperty(field);
    expect(bodyOf(request, { [parameter]: null })).not.toHaveProperty(field);
  });

  it.each(["max_tokens", "max_completion_tokens"])("never limits the length twice, given %s", (field) => {
    const body = bodyOf({ maxTokens: 50 }, { [field]: 100 });
    expect(body).toMatchObject({ [field]: 100 });
    expect(["max_tokens", "max_completion_tokens"].filter((name) => name in body)).toEqual([field]);
  });

  it("names the limit as the model's family does", () => {
    expect(bodyOf({ maxTokens: 50 }, {}, "gpt-5")).toMatchObject({ max_completion_tokens: 50 });
  });

  it("leaves out the temperature of a request that a reasoning model would refuse", () => {
    expect(bodyOf({ temperature: 0 }, {}, "o4-mini")).not.toHaveProperty("temperature");
  });

  it("sends a temperature that the model was made with, whatever its family", () => {
    expect(bodyOf({}, { temperature: 1 }, "o4-mini")).toMatchObject({ temperature: 1 });
  });

  it("asks for no usage of a stream where the parameters ask for a whole answer", () => {
    const body = bodyOf({}, { stream: false });
    expect(body).toMatchObject({ stream: false });
    expect(body).not.toHaveProperty("stream_options");
  });

  it("does not let the parameters replace the model or the messages", () => {
    expect(bodyOf({}, { model: "other", messages: [] })).toMatchObject({ model: "m", messages: [{ content: "hi" }] });
  });

  it("cannot be made to send no messages or model", () => {
    expect(bodyOf({}, { model: null, messages: null })).toMatchObject({ model: "m", messages: [{ content: "hi" }] });
  });

  it("names the model first, where routers look for it", () => {
    expect(Object.keys(bodyOf({}, { seed: 1 }))[0]).toBe("model");
  });

  it("merges neighbours of one role, unless that is not wanted (case 53)", () => {
    const messages = [textMessage("user", "Hello!"), textMessage("user", "How are you?")];
    expect(bodyOf({ messages }).messages).toEqual([{ role: "user", content: "Hello!\nHow are you?" }]);
    const defaults = { model: "m", parameters: {}, capabilities: capabilitiesOf("m"), mergeMessages: false };
    expect(requestBody({ messages }, defaults).messages).toHaveLength(2);
  });

  it("leaves an optional parameter of a tool optional (case 56)", () => {
    const optional: JsonSchema = { type: ["string", "null"] };
    const inputSchema: ObjectSchema = {
      type: "object",
      properties: { a: { type: "string" }, b: optional },
      required: ["a"],
    };
    expect(bodyOf({ tools: [{ ...tool, inputSchema }] })).toMatchObject({
      tools: [{ function: { parameters: { properties: { b: optional }, required: ["a"] } } }],
    });
  });

  it("describes tools as functions", () => {
    expect(bodyOf({ tools: [tool] }).tools).toEqual([
      { type: "function", function: { name: "f", description: "Does it.", parameters: { type: "object" } } },
    ]);
  });

  it.each<[ModelRequest["toolChoice"], unknown]>([
    ["auto", "auto"],
    ["required", "required"],
    ["none", "none"],
    [{ name: "f" }, { type: "function", function: { name: "f" } }],
  ])("writes the tool choice %j (case 52)", (toolChoice, wire) => {
    expect(bodyOf({ tools: [tool], ...(toolChoice && { toolChoice }) }).tool_choice).toEqual(wire);
  });

  it.each<[string, Partial<ModelRequest>]>([
    ["tool choice when none is made", { tools: [tool] }],
    ["tool choice without tools", { tools: [], toolChoice: "required" }],
    ["tool choice without a list of tools", { toolChoice: "required" }],
  ])("sends no %s (case 52)", (_, request) => {
    expect(bodyOf(request)).not.toHaveProperty("tool_choice");
  });

  it("asks for JSON of a schema, strictly where the schema allows it", () => {
    const open = { type: "object", properties: { a: { type: "string" } } } as const;
    const closed = { ...open, required: ["a"], additionalProperties: false };
    expect(bodyOf({ responseFormat: { name: "n", schema: open } }).response_format).toEqual({
      type: "json_schema",
      json_schema: { name: "n", schema: open },
    });
    expect(bodyOf({ responseFormat: { name: "n", schema: closed } }).response_format).toEqual({
      type: "json_schema",
      json_schema: { name: "n", schema: closed, strict: true },
    });
  });

  it("sends the first four stop texts, which is all that OpenAI takes", () => {
    expect(bodyOf({ stop: ["a", "", "b", "c", "d", "e"] }).stop).toEqual(["a", "b", "c", "d"]);
  });

  it.each(["o3", "gpt-5-mini", "grok-4"])("sends no stop texts to %s (case 50)", (model) => {
    expect(bodyOf({ stop: ["a"] }, {}, model)).not.toHaveProperty("stop");
  });

  it("sends no empty list of stop texts", () => {
    expect(bodyOf({ stop: [] })).not.toHaveProperty("stop");
  });
});
