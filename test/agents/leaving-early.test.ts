import type { AgentEvent } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  actionsIn,
  type AgentKind,
  bothKinds,
  codeKind,
  nativeAnswer,
  nativeCalls,
  rejectionOf,
  toolAgentOf,
} from "./agent-fixture.ts";

const plan = "Look.<end_plan>";
const summary = "It added.";
/** So long that the conversation has to be summed up before each later step. */
const longTask = "Count the ships. ".repeat(120);

/** A run in which every kind of event comes: a plan, a summary, a failed check of code, calls, a managed agent. */
function fullRun({ title, make, calls, answer }: AgentKind): ReturnType<AgentKind["make"]> {
  const worker = toolAgentOf([nativeCalls({ name: "add", input: { a: 1, b: 2 } }), nativeAnswer("worked")], {
    name: "worker",
    description: "Works.",
  });
  const printing = title === "CodeAgent" ? `<code>\nconsole.log("printed"); await add(1, 2)\n</code>` : undefined;
  const add = printing ?? calls({ name: "add", input: { a: 1, b: 2 } });
  const delegate = calls({ name: "worker", input: { task: "Work." } });
  const script = [plan, add, plan, delegate, plan, summary, answer("done")];
  return make(script, {
    managedAgents: [worker.agent],
    planningInterval: 1,
    compaction: { maxTokens: 500, keepSteps: 1 },
  });
}

const kindsOfEvents: readonly AgentEvent["type"][] = [
  "step-start",
  "model-request",
  "model-delta",
  "model-reply",
  "plan",
  "summary",
  "tool-call",
  "tool-result",
  "managed-agent",
  "step",
];
const kindsOfCode: readonly AgentEvent["type"][] = [...kindsOfEvents, "code", "output"];

const cases = bothKinds.flatMap((kind) =>
  (kind === codeKind ? kindsOfCode : kindsOfEvents).map((type): [string, AgentEvent["type"], AgentKind] => [
    kind.title,
    type,
    kind,
  ]),
);

describe("a run with events of every kind", () => {
  it.each(bothKinds)("is one in a $title", async (kind) => {
    const { agent, model } = fullRun(kind);
    await using _ = agent;
    const seen = new Set<string>();
    for await (const { type } of agent.stream(longTask)) seen.add(type);
    const expected = kind === codeKind ? kindsOfCode : kindsOfEvents;
    expect([...expected].filter((type) => !seen.has(type))).toEqual([]);
    model.assertDone();
  });
});

describe.each(cases)("of a %s, at the event %s", (_title, type, kind) => {
  it("a reader can leave without an error, and the agent can be used again (case 35)", async () => {
    const { agent, model } = fullRun(kind);
    await using _ = agent;
    for await (const event of agent.stream(longTask)) if (event.type === type) break;
    const asked = model.requests.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(model.requests).toHaveLength(asked);
    const free = AbortSignal.abort(new Error("free again"));
    expect(await rejectionOf(agent.run("Again.", { signal: free }))).toMatchObject({ message: "free again" });
  });

  it("an abort ends the run with the signal's reason, and leaves a memory that can be exported", async () => {
    const abort = new AbortController();
    const { agent } = fullRun(kind);
    await using _ = agent;
    const read = async (): Promise<void> => {
      for await (const event of agent.stream(longTask, { signal: abort.signal })) {
        if (event.type === type) abort.abort(new Error("enough"));
      }
    };
    expect(await rejectionOf(read())).toMatchObject({ message: "enough" });
    expect(() => JSON.stringify(agent.memory)).not.toThrow();
    const ended = actionsIn(agent.memory).filter(({ error }) => error?.endedRun);
    expect(ended.length).toBeLessThanOrEqual(1);
  });
});
