import { type ContentPart, type ImagePart, MediaRef, type ModelRequest, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  agentOf,
  bothKinds,
  code,
  LimitedModel,
  nativeAnswer,
  nativeCalls,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const imageOf = (data: string): ImagePart => ({ type: "image", mediaType: "image/png", data });
const one = imageOf("AQ==");
const two = imageOf("Ag==");

const partsOf = (request: ModelRequest | undefined): ContentPart[] =>
  (request?.messages ?? []).flatMap(({ content }) => content);
const imagesIn = (request: ModelRequest | undefined): ContentPart[] =>
  partsOf(request).filter(({ type }) => type === "image");

const picture = (byte: number): MediaRef => MediaRef.fromBytes(Uint8Array.of(byte), { mediaType: "image/png" });

describe.each(bothKinds)("images of a task of a $title", ({ make, calls, answer }) => {
  const step = calls({ name: "add", input: { a: 1, b: 2 } });

  it("are in each request once, however many steps there are", async () => {
    const { agent, model } = make([step, step, step, "3"], { maxSteps: 3 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one, two] });
    expect(model.requests.map(imagesIn)).toEqual([1, 2, 3, 4].map(() => [one, two]));
  });

  it("are shown to the model that plans, at first and later", async () => {
    const { agent, model } = make(["Look.<end_plan>", step, "Look.<end_plan>", answer(1)], { planningInterval: 1 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one] });
    expect(model.requests.map(imagesIn)).toEqual([1, 2, 3, 4].map(() => [one]));
  });

  it("beyond the limit are left out, the earliest first, and the model is told", async () => {
    const { agent, model } = make([answer(1)], { maxImages: 1 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one, two] });
    expect(imagesIn(model.requests[0])).toEqual([two]);
    expect(JSON.stringify(partsOf(model.requests[0]))).toContain("no longer shown");
  });

  it("beyond the limit are left out of the request for a plan too", async () => {
    const { agent, model } = make(["Look.<end_plan>", answer(1)], { maxImages: 1, planningInterval: 5 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one, two] });
    expect(imagesIn(model.requests[0])).toEqual([two]);
  });

  it("are not shown at all where the limit is 0", async () => {
    const { agent, model } = make([answer(1)], { maxImages: 0 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one] });
    expect(imagesIn(model.requests[0])).toEqual([]);
  });

  it("stay in the memory whatever the limit", async () => {
    const { agent } = make([answer(1)], { maxImages: 1 });
    await using _ = agent;
    await agent.run("What is it?", { images: [one, two] });
    expect(agent.memory.task?.images).toEqual([one, two]);
  });

  it("of a second task come on top of those of the first", async () => {
    const { agent, model } = make([answer(1), answer(2)]);
    await using _ = agent;
    await agent.run("What is it?", { images: [one] });
    await agent.run("And this?", { images: [two], reset: false });
    expect(imagesIn(model.requests[1])).toEqual([one, two]);
  });

  it.each([-1, 1.5, Number.NaN])("cannot be limited to %d", (maxImages) => {
    expect(() => make([], { maxImages })).toThrow("maxImages");
  });
});

describe("images of tools", () => {
  const paint = textTool("paint", (text) => picture(Number(text)));
  const paintings = ["1", "2", "3"].map((text) => ({ name: "paint", input: { text } }));

  it("are shown in the order of the calls, up to the limit", async () => {
    const { agent, model } = toolAgentOf([nativeCalls(...paintings), nativeAnswer(1)], {
      tools: [paint],
      maxImages: 2,
    });
    await agent.run("Go.");
    expect(imagesIn(model.requests[1])).toEqual([imageOf("Ag=="), imageOf("Aw==")]);
  });

  it("are not shown to a model that takes none", async () => {
    const model = new LimitedModel([nativeCalls(...paintings), nativeAnswer(1)], { images: false });
    const { agent } = toolAgentOf([], { model, tools: [paint] });
    await agent.run("Go.");
    expect(imagesIn(model.requests[1])).toEqual([]);
    expect(JSON.stringify(partsOf(model.requests[1]))).toContain("image_3");
  });

  it("are shown when code gives them as its value, and can be the answer", async () => {
    const { agent, model } = agentOf([code("const ship = await paint('7');\nship"), code("finalAnswer(ship)")], {
      tools: [paint],
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBeInstanceOf(MediaRef);
    expect(imagesIn(model.requests[1])).toEqual([imageOf("Bw==")]);
  });

  it("can be given by code to another tool, which gets the image itself", async () => {
    const seen: unknown[] = [];
    const look = tool({
      name: "look",
      description: "Looks at an image.",
      input: { type: "object", properties: { image: {} }, required: ["image"], additionalProperties: false },
      execute: ({ image }) => void seen.push(image),
    });
    const { agent } = agentOf([code("await look(await paint('7')); finalAnswer(1)")], { tools: [paint, look] });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual([expect.any(MediaRef)]);
  });

  it("reach the code as handles without their bytes", async () => {
    const { agent } = agentOf([code("finalAnswer(JSON.stringify(await paint('7')))")], { tools: [paint] });
    await using _ = agent;
    expect(JSON.parse(String(await agent.run("Go.")))).toEqual({
      $media: "image_1",
      kind: "image",
      mediaType: "image/png",
    });
  });

  it("of a model without images are handles in code all the same", async () => {
    const model = new LimitedModel([code("await paint('7')"), code("finalAnswer(1)")], { images: false });
    const { agent } = agentOf([], { model, tools: [paint] });
    await using _ = agent;
    await agent.run("Go.");
    expect(imagesIn(model.requests[1])).toEqual([]);
  });
});
