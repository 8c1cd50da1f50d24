import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ScriptedChannel } from "../test-hostile/scripted-channel.ts";
import { ChannelEngine } from "./channel-engine.ts";
import {
  ended,
  inTime,
  language,
  limits,
  onRun,
  type React,
  run,
  setup,
  silent,
  stopTime,
  timeoutMs,
} from "./test-support/scripted-run.ts";

beforeEach(stopTime);

afterEach(() => {
  vi.useRealTimers();
});

describe("a guest that is set up", () => {
  async function creation(react: React): Promise<{ error: unknown; channel: ScriptedChannel }> {
    const channel = new ScriptedChannel(react);
    const created = ChannelEngine.create(channel, { sandbox: "scripted", language, setup });
    const error = await inTime(created.then(() => undefined)).catch((reason: unknown) => reason);
    return { error, channel };
  }

  test.each<[what: string, react: React, code: string]>([
    [
      "and says that it cannot be",
      (_, channel) => channel.say({ type: "failed", message: "no" }),
      "SANDBOX_BAD_OPTIONS",
    ],
    ["and ends", (_, channel) => channel.end({ code: 1, stderr: "first\nno such file\n" }), "SANDBOX_UNAVAILABLE"],
    ["and says what is no message", (_, channel) => channel.say("hello"), "SANDBOX_UNAVAILABLE"],
    ["and says nothing", () => {}, "SANDBOX_UNAVAILABLE"],
    ["and says much else", (_, channel) => channel.say(ended, { type: "pong", id: 1 }), "SANDBOX_UNAVAILABLE"],
  ])("%s is killed, and the error says so", async (_what, react, code) => {
    const { error, channel } = await creation(react);
    expect(error).toMatchObject({ code, data: { sandbox: "scripted" } });
    expect(channel.killed).toBe(true);
    expect(channel.holds).toBe(0);
  });

  test("and ends tells the last line of what it wrote to standard error", async () => {
    const { error } = await creation((_, channel) => channel.end({ code: 1, stderr: "first\nno such file\n" }));
    expect(String(error)).toMatch(/code 1: no such file$/);
  });
});

describe("a run ends", () => {
  test("with the value that the guest tells", async () => {
    const { outcome, channel } = await run(onRun(ended));
    expect(outcome).toEqual({ value: "1", lost: false });
    expect(channel.holds).toBe(0);
  });

  test("with the first of several ends", async () => {
    const { outcome } = await run(onRun(ended, { ...ended, json: "2" }));
    expect(outcome).toEqual({ value: "1", lost: false });
  });

  test.each([0, 2, 99])("not with the end of run %i", async (number) => {
    const { outcome } = await run(onRun({ ...ended, run: number, json: '"forged"' }, ended));
    expect(outcome).toEqual({ value: "1", lost: false });
  });

  test("with the answer, whatever the guest says of its end", async () => {
    const answer = { type: "answer", json: '"yes"' };
    const { outcome } = await run(onRun(answer, { ...answer, json: '"no"' }, { type: "ended", run: 1, json: "2" }));
    expect(outcome).toEqual({ answer: { json: '"yes"' }, lost: false });
  });

  test("with the answer of a guest that then does not end, which costs the guest", async () => {
    const { outcome, channel, ms } = await run(onRun({ type: "answer", json: "1" }));
    expect(outcome).toEqual({ answer: { json: "1" }, lost: true });
    expect(channel.killed).toBe(true);
    expect(ms).toBeLessThan(100);
  });

  test("at its deadline, for a guest that stops when it is told to", async () => {
    const { outcome, channel, ms } = await run((message, guestChannel) => {
      if (message.type === "stop") guestChannel.say({ type: "ended", run: message.run, busy: true });
    });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_TIMEOUT" }, lost: false });
    expect(channel.killed).toBe(false);
    expect(channel.interrupts).toBe(1);
    expect(ms).toBeLessThan(timeoutMs + 20);
  });

  test("within 100 ms of its deadline, for a guest that does not stop", async () => {
    const { outcome, channel, ms } = await run(() => {});
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_TIMEOUT" }, lost: true });
    expect(channel.killed).toBe(true);
    expect(ms).toBeLessThan(timeoutMs + 100);
  });

  test("with the guest, which ends by itself", async () => {
    const { outcome } = await run((message, channel) => {
      if (message.type === "run") channel.end({ code: 3, stderr: "oops" });
    });
    expect(outcome).toMatchObject({
      error: { code: "SANDBOX_CRASH", message: expect.stringMatching(/oops/) },
      lost: true,
    });
  });

  test.each<[what: string, ...messages: unknown[]]>([
    ["a line that is no message", "hello"],
    ["a deep line", "[".repeat(10_000)],
    ["a call of a function that does not exist", { type: "calls", calls: [{ id: 1, name: "nope", args: "[]" }] }],
    ["a call of what every object has", { type: "calls", calls: [{ id: 1, name: "constructor", args: "[]" }] }],
    ["a fetch that was not granted", { type: "calls", calls: [{ id: 1, name: "host:fetch", args: "[{}]" }] }],
    [
      "two calls with one id",
      {
        type: "calls",
        calls: [
          { id: 1, name: "echo", args: "[]" },
          { id: 1, name: "echo", args: "[]" },
        ],
      },
    ],
    ["a deep argument", { type: "calls", calls: [{ id: 1, name: "echo", args: "[".repeat(99) }] }],
    ["a flood of ends", ...Array.from({ length: 25_000 }, () => ({ ...ended, run: 9 }))],
    ["a flood of pongs", ...Array.from({ length: 25_000 }, () => ({ type: "pong", id: 1 }))],
    ["a flood of cancellations", ...Array.from({ length: 25_000 }, () => ({ type: "cancel", id: 1 }))],
    ["a flood of calls without a call", ...Array.from({ length: 25_000 }, () => ({ type: "calls", calls: [] }))],
    ["a flood of output without a text", ...Array.from({ length: 25_000 }, () => ({ type: "output", texts: [] }))],
    ["a flood of output", { type: "output", texts: Array.from({ length: 25_000 }, () => "x") }],
  ])("with the guest, for %s", async (_what, ...messages) => {
    const { outcome, channel, calls } = await run(onRun(...messages), { limits: { ...limits, maxDepth: 5 } });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
    expect(channel.killed).toBe(true);
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  test("with the guest that broke a rule, even if it tells its end in the same breath", async () => {
    const { outcome } = await run(onRun({ type: "calls", calls: [{ id: 1, name: "nope", args: "[]" }] }, ended));
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
  });

  test("with a short message, however long the name is that it called", async () => {
    const { outcome } = await run(
      onRun({ type: "calls", calls: [{ id: 1, name: "x".repeat(1_000_000), args: "[]" }] }),
    );
    expect(outcome.error?.message.length).toBeLessThan(300);
  });

  test.each<[what: string, json: string, limit: string]>([
    ["too long", `"${"x".repeat(200)}"`, "maxResultBytes"],
    ["too deep", "[[[[[[1]]]]]]", "maxDepth"],
  ])("with an error, for a value that is %s", async (_what, json, limit) => {
    const { outcome } = await run(onRun({ ...ended, json }), { limits: { ...limits, maxDepth: 5 } });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_LIMIT", limit }, lost: false });
  });

  test("with an error of a kind that the guest may tell", async () => {
    const failure = {
      name: "TypeError",
      message: "x",
      code: "SANDBOX_LIMIT",
      limit: "constructor",
      line: 2,
      column: 3,
    };
    const { outcome } = await run(onRun({ type: "ended", run: 1, failure }));
    expect(outcome.error).toEqual({ code: "SANDBOX_EXCEPTION", name: "TypeError", message: "x", line: 2, column: 3 });
  });
});

describe("in a run", () => {
  test("output is cut at its limit", async () => {
    const texts = Array.from({ length: 100 }, () => "0123456789");
    const { printed } = await run(onRun({ type: "output", texts }, ended));
    expect(printed.slice(0, 9)).toEqual(texts.slice(0, 9));
    expect(printed.slice(9)).toEqual(["0", expect.stringMatching(/output cut/)]);
  });

  test("an argument list that is too long is refused, and the host is not asked", async () => {
    const call = { id: 1, name: "echo", args: `["${"x".repeat(200)}"]` };
    const { channel, calls, outcome } = await run((message, guestChannel) => {
      if (message.type === "run") guestChannel.say({ type: "calls", calls: [call] });
      if (message.type === "settle") guestChannel.say(ended);
    });
    expect(calls).toEqual([]);
    expect(channel.sent.find(({ type }) => type === "settle")).toMatchObject({
      answers: [{ id: 1, ok: false, json: expect.stringMatching(/maxArgumentBytes/) }],
    });
    expect(outcome).toEqual({ value: "1", lost: false });
  });

  test("argument lists that are too long count as calls: none can have them refused without end", async () => {
    const args = JSON.stringify(["x".repeat(limits.maxArgumentBytes)]);
    const calls = Array.from({ length: 20 }, (_, id) => ({ id, name: "echo", args }));
    const { outcome, channel } = await run(onRun({ type: "calls", calls }), { limits: { ...limits, maxCalls: 10 } });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
    expect(channel.sent.filter(({ type }) => type === "settle")).toHaveLength(10);
  });

  test("an argument list of very many parts is refused, however short it is", async () => {
    const args = `[${"[],".repeat(100_000)}[]]`;
    const { channel, calls } = await run(
      (message, guestChannel) => {
        if (message.type === "run") guestChannel.say({ type: "calls", calls: [{ id: 1, name: "echo", args }] });
        if (message.type === "settle") guestChannel.say(ended);
      },
      { limits: { ...limits, maxArgumentBytes: 400_000 } },
    );
    expect(calls).toEqual([]);
    expect(channel.sent.find(({ type }) => type === "settle")).toMatchObject({
      answers: [{ id: 1, ok: false, json: expect.stringMatching(/so many parts.*maxArgumentBytes/) }],
    });
  });

  test("a value of very many parts is an error, however short it is", async () => {
    const { outcome } = await run(onRun({ ...ended, json: `[${"[],".repeat(100_000)}[]]` }), {
      limits: { ...limits, maxResultBytes: 400_000 },
    });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_LIMIT", limit: "maxResultBytes" }, lost: false });
  });

  test("calls whose arguments are more than the memory end the guest", async () => {
    const args = `["${"x".repeat(90)}"]`;
    const calls = Array.from({ length: 20 }, (_, index) => ({ id: index + 1, name: "echo", args }));
    const { outcome, calls: passedOn } = await run(onRun({ type: "calls", calls }), {
      limits: { ...limits, memoryBytes: 1000 },
    });
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
    expect(passedOn.length).toBeLessThan(20);
  });

  test("a guest that is there again after a run is ready for the next", async () => {
    const { engine } = await run((message, channel) => {
      if (message.type === "run") channel.say(ended);
      if (message.type === "ping") channel.say({ type: "pong", id: message.id });
    });
    expect(await inTime(engine.ready())).toBe(true);
  });

  test("a guest that says to be at rest is ready for the next, and is not asked", async () => {
    const { engine, channel } = await run(onRun({ ...ended, atRest: true }));
    expect(await engine.ready()).toBe(true);
    expect(channel.sent.some((message) => message.type === "ping" && channel.sent.indexOf(message) > 2)).toBe(false);
  });

  test("a guest that has ended after a run is known to have, at once", async () => {
    const { engine, channel } = await run(onRun(ended));
    channel.end({ code: 1 });
    expect(await engine.ready()).toBe(false);
  });

  test("a guest that something keeps busy after a run is given up", async () => {
    const { engine } = await run(onRun(ended));
    expect(await inTime(engine.ready())).toBe(false);
  });

  test("answers go to calls that are open, and to no others", async () => {
    const { engine, channel } = await run(
      onRun({ type: "calls", calls: [{ id: 1, name: "echo", args: "[]" }] }, ended),
    );
    engine.settle([{ id: 1, ok: true, json: "1" }]);
    expect(channel.sent.filter(({ type }) => type === "settle")).toEqual([]);
  });

  test("a guest that takes no answers is ended", async () => {
    const { outcome } = await run((message, channel) => {
      channel.bufferedBytes = 2 ** 29;
      if (message.type === "run") channel.say({ type: "calls", calls: [{ id: 1, name: "echo", args: "[]" }] });
    });
    expect(outcome.lost).toBe(true);
  });
});

describe("between runs", () => {
  test("what the guest says means nothing", async () => {
    const { engine, channel, calls } = await run(onRun(ended));
    channel.say(
      { type: "calls", calls: [{ id: 1, name: "echo", args: "[]" }] },
      { ...ended, run: 2 },
      { type: "answer" },
    );
    expect(calls).toEqual([]);
    expect(channel.killed).toBe(false);
    await engine.dispose();
    expect(channel.killed).toBe(true);
  });

  test("a flood ends the guest, and the next run tells the loss", async () => {
    const { engine, channel } = await run(onRun(ended));
    for (let i = 0; i < 25_000; i += 1) channel.say({ type: "pong", id: 1 });
    await Promise.resolve();
    expect(channel.killed).toBe(true);
    const next = await inTime(engine.run({ code: "", variables: [], timeoutMs }, silent));
    expect(next).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
  });
});
