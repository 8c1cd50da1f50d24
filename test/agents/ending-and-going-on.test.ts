import { typeCheck } from "@smoltools/adapters/type-check";
import { ActionStep, type AgentEvent, type SandboxProvider, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import {
  agentOf,
  code,
  doing,
  Gate,
  handClock,
  nativeAnswer,
  nativeCalls,
  sandbox,
  toolAgentOf,
} from "./agent-fixture.ts";

describe("a run", () => {
  it("does not wait for a final answer tool that never ends", async () => {
    using clock = handClock();
    const never = tool({
      name: "final_answer",
      description: "Never answers.",
      input: { type: "object", properties: { answer: {} }, additionalProperties: false },
      execute: () => {
        clock.pass(100);
        return new Promise<unknown>(() => undefined);
      },
    });
    const { agent } = agentOf([code("finalAnswer(5)"), "It took too long."], {
      tools: [never],
      budget: { maxDurationMs: 100 },
    });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ state: "max-duration" });
  });

  it("counts the time in which the sandbox is made", async () => {
    const stuck: SandboxProvider = { ...sandbox, create: () => new Promise(() => undefined) };
    const { agent } = agentOf([], { sandbox: stuck, budget: { maxDurationMs: 50 } });
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_OUT_OF_TIME" });
  });

  it("tells its closing answer's model what the code had printed when the time was up", async () => {
    using clock = handClock();
    const stuck = doing("stuck", () => {
      clock.pass(100);
      return new Promise(() => undefined);
    });
    const { agent, model } = agentOf([code("console.log('paid 100'); await stuck();"), "Paid."], {
      tools: [stuck],
      budget: { maxDurationMs: 100 },
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(JSON.stringify(model.requests[1])).toContain("paid 100");
    expect(JSON.stringify(model.requests[1])).toContain("it may have run in part");
  });

  it("ends code that never comes back when the time is up, and tells what it had printed", async () => {
    const { agent, model } = agentOf([code("console.log('paid 100'); for (;;) {}"), "Paid."], {
      // By the real clock: the sandbox starts within it too.
      budget: { maxDurationMs: 3_000 },
    });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("Paid.");
    expect(JSON.stringify(model.requests[1])).toContain("paid 100");
  });

  it("tells observers nothing after its end", async () => {
    const told: string[] = [];
    const late = new Gate();
    const deaf = tool({ name: "deaf", description: "Does not listen.", execute: () => late.opened });
    const abort = new AbortController();
    const observer = {
      onEvent: ({ type }: AgentEvent) => {
        told.push(type);
        if (type === "tool-call") abort.abort("no");
      },
      onEnd: () => void told.push("END"),
    };
    const { agent } = toolAgentOf([nativeCalls({ name: "deaf", input: {} })], { tools: [deaf], observers: [observer] });
    await expect(agent.run("Go.", { signal: abort.signal })).rejects.toBe("no");
    late.open();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.at(-1)).toBe("END");
  });

  it("ends with the error of an observer that fails later", async () => {
    const observer = { onStart: () => Promise.reject(new Error("broken")) };
    const { agent } = agentOf([code("await new Promise((r) => setTimeout(r, 50))"), code("finalAnswer(1)")], {
      observers: [observer],
    });
    await using _ = agent;
    await expect(agent.run("Go.")).rejects.toMatchObject({ code: "AGENT_CALLBACK_FAILED" });
  });

  it("does not know the tokens of a request that was ended", async () => {
    using clock = handClock();
    const slow = (): Promise<string> => {
      clock.pass(100);
      return new Promise(() => undefined);
    };
    const last = { text: "Enough.", usage: { inputTokens: 1, outputTokens: 1 } };
    const { agent } = toolAgentOf([slow, last], { budget: { maxDurationMs: 100 } });
    const { usage, usageByModel } = await agent.run("Go.", { returnFullResult: true });
    expect(usage).toBeUndefined();
    expect(usageByModel["scripted-model"]?.complete).toBe(false);
  });
});

describe("going on", () => {
  it("after the steps ran out asks with a message of the user last", async () => {
    const { agent, model } = toolAgentOf([
      nativeCalls({ name: "add", input: { a: 1, b: 2 } }),
      "Three?",
      nativeAnswer(3),
    ]);
    await agent.run("Go.", { maxSteps: 1 });
    expect(await agent.run(null)).toBe(3);
    expect(model.requests[2]?.messages.at(-1)?.role).toBe("user");
  });

  it("keeps the values that the caller gave, also when the engine was lost", async () => {
    const lost = code("new Array(2 ** 32 - 2).join('x')");
    const { agent } = agentOf([code("finalAnswer(rows.length)"), lost, code("finalAnswer(rows.length + more)")], {
      limits: { timeoutMs: 1500 },
    });
    await using _ = agent;
    expect(await agent.run("Go.", { additionalArgs: { rows: [1, 2] } })).toBe(2);
    expect(await agent.run("Again.", { reset: false, additionalArgs: { more: 1 } })).toBe(3);
  });

  it("lets the type check know the values of later runs", async () => {
    const { agent } = agentOf([code("finalAnswer(a)"), code("finalAnswer(b[0] + a.toUpperCase())")], {
      typeCheck: typeCheck({ timeoutMs: 15_000 }),
    });
    await using _ = agent;
    await agent.run("Go.", { additionalArgs: { a: 1 } });
    const options = { reset: false, additionalArgs: { a: "text", b: ["one "] }, returnFullResult: true } as const;
    expect((await agent.run("Again.", options)).output).toBe("one TEXT");
  });

  it("in a code agent with the memory of one that calls tools natively tells the calls as text", async () => {
    const { agent: first } = toolAgentOf([nativeCalls({ name: "add", input: { a: 1, b: 2 } }), nativeAnswer(3)]);
    await first.run("Go.");
    const { agent, model } = agentOf([code("finalAnswer(4)")]);
    await using _ = agent;
    await agent.run("And now?", { memory: first.memory });
    expect(model.requests[0]?.messages.some((message) => message.role === "tool")).toBe(false);
    expect(JSON.stringify(model.requests[0])).toContain("add(");
  });
});

describe("a type check", () => {
  it("forgets the variables of code whose engine was lost", async () => {
    const seen: string[] = [];
    const check = {
      findings: () => [],
      define: () => void seen.push("define"),
      ran: () => void seen.push("ran"),
      forget: () => void seen.push("forget"),
      [Symbol.dispose]: () => undefined,
    };
    const { agent } = agentOf([code("new Array(2 ** 32 - 2).join('x')"), code("finalAnswer(1)")], {
      typeCheck: { language: "javascript", open: async () => check },
      limits: { timeoutMs: 1_500 },
    });
    await using _ = agent;
    await agent.run("Go.");
    expect(seen).toEqual(["ran", "forget", "define", "ran"]);
  });
});

describe("a closing answer", () => {
  it("is JSON that fits the schema, where the model gives such", async () => {
    const script = [code("1"), "```json\n42\n```"];
    const { agent, model } = agentOf(script, { answerSchema: { type: "number" }, maxSteps: 1 });
    await using _ = agent;
    expect(await agent.run("Go.", { returnFullResult: true })).toMatchObject({ output: 42, state: "max-steps" });
    expect(JSON.stringify(model.requests[1])).toContain("JSON of this type");
    expect(agent.memory.steps.at(-1) instanceof ActionStep).toBe(true);
  });

  it("is the text where it is not", async () => {
    const { agent } = agentOf([code("1"), "about 42"], { answerSchema: { type: "number" }, maxSteps: 1 });
    await using _ = agent;
    expect(await agent.run("Go.")).toBe("about 42");
  });
});

describe("dispose", () => {
  it("leaves no sandbox that is made at that moment", async () => {
    let live = 0;
    const counting: SandboxProvider = {
      ...sandbox,
      create: async (options) => {
        const made = await sandbox.create(options);
        live += 1;
        const dispose = made.dispose.bind(made);
        let isOver = false;
        made.dispose = () => {
          live -= isOver ? 0 : 1;
          isOver = true;
          return dispose();
        };
        return made;
      },
    };
    for (const turns of [0, 1, 2, 3, 4, 5]) {
      let disposed: Promise<void> | undefined;
      const provider: SandboxProvider = {
        ...counting,
        create: (options) => {
          const making = counting.create(options);
          const disposeThen = async (): Promise<void> => {
            await making;
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            disposed = agent.dispose();
          };
          void disposeThen();
          return making;
        },
      };
      const { agent } = agentOf([code("finalAnswer(1)")], { sandbox: provider });
      await agent.run("Go.").catch(() => undefined);
      await disposed;
      await agent.dispose();
      expect(live, `after ${turns} turns`).toBe(0);
    }
  });

  it("disposes a type check that comes late", async () => {
    const opening = new Gate();
    const gate = new Gate();
    let disposed = 0;
    const check = {
      findings: () => [],
      define: () => {},
      ran: () => {},
      forget: () => {},
      [Symbol.dispose]: () => void (disposed += 1),
    };
    const open = async (): Promise<typeof check> => {
      opening.open();
      await gate.opened;
      return check;
    };
    const { agent } = agentOf([], { typeCheck: { language: "javascript", open } });
    const run = agent.run("Go.").catch(() => undefined);
    await opening.opened;
    await agent.dispose();
    gate.open();
    await run;
    await expect.poll(() => disposed).toBe(1);
  });
});
