import type { RunOutcome } from "../engine/engine.ts";
import type { ScriptedChannel } from "../test-hostile/scripted-channel.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChannelEngine } from "./channel-engine.ts";
import {
  ended,
  guest,
  inTime,
  language,
  type React,
  setup,
  silent,
  stopTime,
  timeoutMs,
} from "./test-support/scripted-run.ts";

beforeEach(stopTime);

afterEach(() => {
  vi.useRealTimers();
});

describe("a run ends within 100 ms of its deadline, for a guest that could not work since,", () => {
  /** Its process is there, but does not get to the processor. */
  function starving(react: React): ScriptedChannel {
    return Object.assign(guest(react), { busyMs: () => 0 });
  }

  async function late(channel: ScriptedChannel): Promise<{ engine: ChannelEngine; outcome: RunOutcome; ms: number }> {
    const engine = await ChannelEngine.create(channel, { sandbox: "scripted", language, setup });
    const startedAt = performance.now();
    const outcome = await inTime(engine.run({ code: "code", variables: [], timeoutMs }, silent));
    return { engine, outcome, ms: performance.now() - startedAt };
  }

  test("and which is waited for after it", async () => {
    const channel = starving((message, self) => {
      if (message.type === "stop") setTimeout(() => self.say({ type: "ended", run: message.run }), 600);
      if (message.type === "ping") self.say({ type: "pong", id: message.id });
    });
    const { engine, outcome, ms } = await late(channel);
    expect(outcome).toMatchObject({ error: { code: "SANDBOX_TIMEOUT" }, lost: false });
    expect(ms).toBeLessThan(timeoutMs + 100);
    expect(await inTime(engine.ready())).toBe(true);
    expect(channel.killed).toBe(false);
  });

  test("and which is ended when it does not come back at all", async () => {
    const channel = starving(() => {});
    const { engine, outcome } = await late(channel);
    expect(outcome.lost).toBe(false);
    expect(await inTime(engine.ready())).toBe(false);
    expect(channel.killed).toBe(true);
  });

  test("and which ends", async () => {
    const channel = starving(() => {});
    const { engine } = await late(channel);
    const ready = engine.ready();
    channel.end({ code: 1 });
    expect(await ready).toBe(false);
  });

  test("and whose words mean nothing meanwhile, or its end when they are too many", async () => {
    const channel = starving(() => {});
    const { engine } = await late(channel);
    channel.say({ type: "output", texts: ["late"] }, { ...ended, run: 2 }, { type: "answer", json: "1" });
    expect(channel.killed).toBe(false);
    for (let i = 0; i < 25_000; i += 1) channel.say({ type: "output", texts: [] });
    expect(await inTime(engine.ready())).toBe(false);
    expect(channel.killed).toBe(true);
  });

  test("and which is not waited for when it is disposed", async () => {
    const channel = starving(() => {});
    const { engine } = await late(channel);
    await engine.dispose();
    expect(await engine.ready()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each<[at: string, isAtWork: boolean | undefined, busy: boolean, message: RegExp]>([
  ["at work, as the kernel says", true, false, /still busy/],
  ["waiting, as the kernel says", false, true, /waiting/],
  ["at work, as it says where nobody else does", undefined, true, /still busy/],
  ["waiting, as it says where nobody else does", undefined, false, /waiting/],
])("a run that is late tells that its code was %s", async (_at, isAtWork, busy, message) => {
  const channel = guest((message_, self) => {
    if (message_.type === "stop") self.say({ type: "ended", run: message_.run, busy });
  });
  Object.assign(channel, { isAtWork: () => isAtWork });
  const engine = await ChannelEngine.create(channel, { sandbox: "scripted", language, setup });
  const outcome = await inTime(engine.run({ code: "code", variables: [], timeoutMs }, silent));
  expect(outcome.error?.message).toMatch(message);
});

test("a run ends at once when it is stopped for good", async () => {
  const channel = guest(() => {});
  const engine = await ChannelEngine.create(channel, { sandbox: "scripted", language, setup });
  const running = engine.run({ code: "code", variables: [], timeoutMs }, silent);
  await vi.advanceTimersByTimeAsync(10);
  engine.stop(true);
  expect(await running).toMatchObject({ error: { code: "SANDBOX_CRASH" }, lost: true });
  expect(channel.killed).toBe(true);
});
