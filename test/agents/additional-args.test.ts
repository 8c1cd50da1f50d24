import { MediaRef, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  agentOf,
  bothKinds,
  code,
  conversation,
  lastText,
  nativeAnswer,
  nativeCalls,
  rejectionOf,
  textTool,
  toolAgentOf,
} from "./agent-fixture.ts";

const document = { title: "Ships", pages: [1, 2, 3] };
const photo = MediaRef.fromBytes(Uint8Array.of(1, 2), { mediaType: "image/png" });

/** A tool that notes what it gets. */
function spying(): { seen: unknown[]; spy: ReturnType<typeof tool> } {
  const seen: unknown[] = [];
  const spy = tool({
    name: "spy",
    description: "Looks at anything.",
    input: { type: "object", properties: { it: {} }, required: ["it"], additionalProperties: false },
    execute: ({ it: given }) => void seen.push(given),
  });
  return { seen, spy };
}

describe("additional arguments of a ToolCallingAgent", () => {
  it("are the answer when the model answers with their name (case 7)", async () => {
    const { agent } = toolAgentOf([nativeAnswer("doc")]);
    expect(await agent.run("Go.", { additionalArgs: { doc: document } })).toBe(document);
  });

  it.each(["doc", "my document", "1st-draft", "für Bücher", "class", "final_answer", "add", "a.b/c", "日本"])(
    "may be called %j, and reach tools by that name",
    async (name) => {
      const { seen, spy } = spying();
      const { agent, model } = toolAgentOf([nativeCalls({ name: "spy", input: { it: name } }), nativeAnswer(1)], {
        tools: [spy],
      });
      await agent.run("Go.", { additionalArgs: { [name]: document } });
      expect(seen).toEqual([document]);
      expect(lastText(model.requests[0])).toContain(name);
    },
  );

  it.each(["", "  "])("cannot be called %j", async (name) => {
    const { agent } = toolAgentOf([]);
    expect(await rejectionOf(agent.run("Go.", { additionalArgs: { [name]: 1 } }))).toMatchObject({
      code: "AGENT_CONFIG",
    });
  });

  it.each(["toString", "constructor", "hasOwnProperty"])("are none that nobody gave, such as %s", async (name) => {
    const { agent } = toolAgentOf([nativeAnswer(name)]);
    expect(await agent.run("Go.", { additionalArgs: {} })).toBe(name);
  });

  it("take the place of an argument that is their name as a whole, not of a part of one", async () => {
    const { seen, spy } = spying();
    const { agent } = toolAgentOf(
      [nativeCalls({ name: "spy", input: { it: "read doc" } }, { name: "spy", input: { it: "doc" } }), nativeAnswer(1)],
      { tools: [spy], maxParallelCalls: 1 },
    );
    await agent.run("Go.", { additionalArgs: { doc: document } });
    expect(seen).toEqual(["read doc", document]);
  });

  it("that are null or false are handed on as such", async () => {
    const { seen, spy } = spying();
    const { agent } = toolAgentOf(
      [nativeCalls({ name: "spy", input: { it: "no" } }, { name: "spy", input: { it: "none" } }), nativeAnswer(1)],
      { tools: [spy], maxParallelCalls: 1 },
    );
    await agent.run("Go.", { additionalArgs: { no: false, none: null } });
    expect(seen).toEqual([false, null]);
  });

  it("live on until the next reset", async () => {
    const { agent } = toolAgentOf([nativeAnswer("doc"), nativeAnswer("doc"), nativeAnswer("doc")]);
    await agent.run("Go.", { additionalArgs: { doc: document } });
    expect(await agent.run("Again.", { reset: false })).toBe(document);
    expect(await agent.run("Anew.")).toBe("doc");
  });
});

describe.each(bothKinds)("additional arguments of a $title", ({ title, make, answer }) => {
  it("are named to the model with the task, and a glimpse of each", async () => {
    const { agent, model } = make([answer(1)]);
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { doc: document, long: "x".repeat(5_000) } });
    const [, text = ""] = conversation(model.requests[0])[0] ?? [];
    expect(text).toMatch(/^New task:\nGo\.\n\n[\s\S]*doc[\s\S]*Ships[\s\S]*long/);
    expect(text.length).toBeLessThan(1_000);
  });

  it("are named to the model that plans", async () => {
    const { agent, model } = make(["Look.<end_plan>", answer(1)], { planningInterval: 5 });
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { doc: document } });
    expect(lastText(model.requests[0])).toMatch(/doc[\s\S]*Ships/);
  });

  it("that are given when a run is gone on with are named too", async () => {
    const { agent, model } = make([new Error("gone"), answer(1)]);
    await using _ = agent;
    await rejectionOf(agent.run("Go."));
    await agent.run(null, { additionalArgs: { doc: document } });
    expect(JSON.stringify(conversation(model.requests[1]))).toContain("Ships");
  });

  it("may be images, which tools get themselves", async () => {
    const { seen, spy } = spying();
    const call =
      title === "CodeAgent" ? code("await spy(photo)") : nativeCalls({ name: "spy", input: { it: "photo" } });
    const { agent } = make([call, answer(1)], { tools: [spy] });
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { photo } });
    expect(seen).toEqual([photo]);
  });

  it("may be images that are the answer, in the first run and in later ones", async () => {
    const give = title === "CodeAgent" ? code("finalAnswer(photo)") : nativeAnswer("photo");
    const { agent } = make([give, give, give]);
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { photo } })).toBe(photo);
    expect(await agent.run("Go.", { additionalArgs: { photo } })).toBe(photo);
    expect(await agent.run("Go.", { additionalArgs: { photo }, reset: false })).toBe(photo);
  });
});

describe("additional arguments of a CodeAgent", () => {
  it("are variables, with their values as JSON", async () => {
    const { agent } = agentOf([code("finalAnswer(doc.pages.length + doc.title)")]);
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { doc: document } })).toBe("3Ships");
  });

  it("live on into the next run of a conversation", async () => {
    const { agent } = agentOf([code("finalAnswer(1)"), code("finalAnswer(doc.title)")]);
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { doc: document } });
    expect(await agent.run("Again.", { reset: false })).toBe("Ships");
  });

  it("may hold images at any depth", async () => {
    const { seen, spy } = spying();
    const { agent } = agentOf([code("await spy(album.photos[0]); finalAnswer(1)")], { tools: [spy] });
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { album: { photos: [photo] } } });
    expect(seen).toEqual([photo]);
  });

  it("cannot be forged handles to what is not there", async () => {
    const { seen, spy } = spying();
    const { agent } = agentOf([code("await spy({ $media: 'image_9' }); finalAnswer(1)")], { tools: [spy] });
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { photo } });
    expect(seen).toEqual([{ $media: "image_9" }]);
  });
});

describe("a text that is no name", () => {
  it("is handed to tools as it is", async () => {
    const seen: string[] = [];
    const echo = textTool("echo", (text) => void seen.push(text));
    const { agent } = toolAgentOf([nativeCalls({ name: "echo", input: { text: "image_1" } }), nativeAnswer(1)], {
      tools: [echo],
    });
    await agent.run("Go.");
    expect(seen).toEqual(["image_1"]);
  });
});
