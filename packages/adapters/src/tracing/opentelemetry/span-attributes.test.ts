import { MediaRef, type ModelDelta, ToolCallingAgent, tool } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { add, code, exceptionsOf, nativeCalls, RecordedSpans } from "./test-support/recorded-spans.ts";

const usage = { inputTokens: 100, outputTokens: 50 };

describe("the attributes", () => {
  it("of an agent: task, answer and how it ended", async () => {
    using spans = new RecordedSpans();
    await spans.run(
      [code("finalAnswer({ sum: await add(1, 2) })")],
      {},
      {
        attributes: (run) => ({ "session.id": `of ${run.modelId}` }),
      },
    );
    expect(spans.get("AGENT").attributes).toEqual({
      "openinference.span.kind": "AGENT",
      "session.id": "of scripted-model",
      "agent.name": "CodeAgent",
      "smoltools.agent_kind": "code",
      "input.value": "What is 1 + 2?",
      "input.mime_type": "text/plain",
      "output.value": '{"sum":3}',
      "output.mime_type": "application/json",
      "smoltools.state": "success",
      "smoltools.tool_calls": 1,
    });
    expect(new Set(spans.ended.map(({ attributes }) => attributes["session.id"]))).toEqual(
      new Set(["of scripted-model"]),
    );
  });

  it("of a step: code and observation", async () => {
    using spans = new RecordedSpans();
    await spans.run([code("console.log('hi')"), code("finalAnswer(1)")]);
    expect(spans.get("CHAIN", "Step 1").attributes).toMatchObject({
      "smoltools.step": 1,
      "input.value": "console.log('hi')",
      "output.value": "Printed:\nhi",
    });
  });

  it("of a call: tool, input, output", async () => {
    using spans = new RecordedSpans();
    await spans.run([code("finalAnswer(await add(1, 2))")]);
    expect(spans.get("TOOL").attributes).toEqual({
      "openinference.span.kind": "TOOL",
      "tool.name": "add",
      "tool.id": "call_1_1",
      "tool.description": "Adds two numbers.",
      "tool.parameters": JSON.stringify(add.inputSchema),
      "input.value": '{"a":1,"b":2}',
      "input.mime_type": "application/json",
      "output.value": "3",
      "output.mime_type": "application/json",
    });
  });

  it("of a request: model, messages, answer, tokens", async () => {
    using spans = new RecordedSpans();
    await spans.run([{ text: code("finalAnswer(1)"), usage }]);
    const { attributes, events } = spans.get("LLM");
    expect(attributes).toMatchObject({
      "llm.model_name": "scripted-model",
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": expect.stringContaining("function add("),
      "llm.input_messages.1.message.role": "user",
      "llm.input_messages.1.message.content": "New task:\nWhat is 1 + 2?",
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.content": code("finalAnswer(1)"),
      "llm.token_count.prompt": 100,
      "llm.token_count.completion": 50,
      "llm.token_count.total": 150,
      "llm.finish_reason": "stop",
      "smoltools.purpose": "step",
    });
    expect(JSON.parse(String(attributes["llm.invocation_parameters"]))).toEqual({
      stop: ["</code>", "\nObservation:"],
    });
    expect(events.map(({ name }) => name)).toEqual(["First Token Stream Event"]);
  });

  it("of a request with native tools: tools, calls and their answers, thoughts", async () => {
    using spans = new RecordedSpans();
    const model = new ScriptedModel([
      [{ type: "reasoning", text: "Hm." }, ...nativeCalls(["add", { a: 1, b: 2 }])],
      nativeCalls(["final_answer", { answer: 3 }]),
    ]);
    await using agent = new ToolCallingAgent({ model, tools: [add], observers: [await spans.observe()] });
    await agent.run("Go.");
    const [first, second] = spans.requests;
    expect(JSON.parse(String(first?.attributes["llm.tools.0.tool.json_schema"]))).toEqual({
      type: "function",
      function: { name: "add", description: "Adds two numbers.", parameters: add.inputSchema },
    });
    expect(first?.attributes).toMatchObject({
      "llm.output_messages.0.message.contents.0.message_content.type": "reasoning",
      "llm.output_messages.0.message.contents.0.message_content.text": "Hm.",
      "llm.output_messages.0.message.tool_calls.0.tool_call.id": "id_0",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "add",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": '{"a":1,"b":2}',
      "llm.finish_reason": "tool_calls",
    });
    expect(second?.attributes).toMatchObject({
      "llm.input_messages.2.message.tool_calls.0.tool_call.id": "id_0",
      "llm.input_messages.3.message.role": "tool",
      "llm.input_messages.3.message.tool_call_id": "id_0",
      "llm.input_messages.3.message.content": "3",
    });
  });

  it("name images without their bytes or addresses", async () => {
    using spans = new RecordedSpans();
    const images = [{ type: "image", mediaType: "image/png", url: "https://a.b/c?signature=secret" }] as const;
    const model = new ScriptedModel([nativeCalls(["final_answer", { answer: 3 }])]);
    await using agent = new ToolCallingAgent({ model, observers: [await spans.observe()] });
    await agent.run("What is it?", { images: [...images] });
    expect(spans.get("LLM").attributes["llm.input_messages.1.message.content"]).toBe(
      "New task:\nWhat is it?\n(image: image/png)",
    );
    expect(JSON.stringify(spans.ended.map(({ attributes }) => attributes))).not.toContain("secret");
  });

  it("stay below the limits of an SDK, and keep the figures, whatever is asked", async () => {
    using spans = new RecordedSpans();
    const steps = Array.from({ length: 60 }, () => nativeCalls(["t0", {}], ["t1", {}]));
    const tools = Array.from({ length: 40 }, (_, index) =>
      tool({ name: `t${index}`, description: "x".repeat(20_000), execute: () => "y".repeat(30_000) }),
    );
    const last: ModelDelta[] = [{ type: "usage", usage }, ...nativeCalls(["final_answer", { answer: 1 }])];
    const model = new ScriptedModel([...steps, last]);
    await using agent = new ToolCallingAgent({
      model,
      tools,
      maxSteps: 100,
      toolSearch: { maxTokens: Infinity },
      observers: [await spans.observe()],
    });
    await agent.run("Go.");
    expect(
      spans.ended.map(({ droppedAttributesCount }) => droppedAttributesCount).filter((count) => count > 0),
    ).toEqual([]);
    const lengths = spans.ended.flatMap(({ attributes }) =>
      Object.values(attributes).map((value) => String(value).length),
    );
    expect(Math.max(...lengths)).toBeLessThan(16_100);
    const { attributes } = spans.requests.at(-1) ?? {};
    expect(attributes).toMatchObject({
      "llm.input_messages.0.message.role": "system",
      "llm.token_count.total": 150,
      "smoltools.tools_omitted": 17,
    });
    expect(attributes?.["smoltools.messages_omitted"]).toBeGreaterThan(100);
  });

  it("hold no content when it is not to be captured", async () => {
    using spans = new RecordedSpans();
    const leak = "S3CRET";
    const say = tool({
      name: "say",
      description: `Says ${leak}.`,
      input: { type: "object", properties: { what: { type: "string", description: leak } }, required: ["what"] },
      execute: ({ what }) => {
        if (what === `${leak}!`) throw new Error(`${leak} failed`);
        return leak;
      },
    });
    const script = [code(`console.log(await say("${leak}"))`), code(`await say("${leak}!")`), new Error(leak)];
    await spans.run(script, { tools: [say] }, { captureContent: false });
    const all = spans.ended.map(({ attributes, events, status, name }) => ({ attributes, events, status, name }));
    expect(JSON.stringify(all)).not.toContain(leak);
    expect(JSON.stringify(all)).not.toMatch(/input\.value|output\.value|_messages|exception\.(?:message|stacktrace)/);
    expect(exceptionsOf(spans.get("AGENT"))).toEqual([{ "exception.type": "Error" }]);
    expect(spans.get("TOOL").attributes).toEqual({
      "openinference.span.kind": "TOOL",
      "tool.name": "say",
      "tool.id": "call_1_1",
    });
  });

  it("hold the media that a tool gave without its bytes", async () => {
    using spans = new RecordedSpans();
    const draw = tool({
      name: "draw",
      description: "Draws.",
      execute: () => MediaRef.fromBytes(new Uint8Array(6), { mediaType: "image/png" }),
    });
    await spans.run([code("await draw()"), code("finalAnswer(1)")], { tools: [draw] });
    expect(spans.get("TOOL").attributes["output.value"]).toBe('{"kind":"image","mediaType":"image/png","size":6}');
  });
});
