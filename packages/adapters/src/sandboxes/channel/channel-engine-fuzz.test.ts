import { Buffer } from "node:buffer";
import { defaultSandboxLimits, type SandboxLimits } from "@smoltools/core";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchCall, type EngineSetup, type RunOutcome } from "../engine/engine.ts";
import { jsonShape } from "../engine/json-shape.ts";
import { guestMessages } from "../test-hostile/guest-messages.ts";
import { hostileJson, spoilt } from "../test-hostile/hostile-json.ts";
import { ScriptedChannel } from "../test-hostile/scripted-channel.ts";
import { ChannelEngine } from "./channel-engine.ts";

const limits: SandboxLimits = {
  ...defaultSandboxLimits,
  maxOutputBytes: 100,
  maxArgumentBytes: 200,
  maxResultBytes: 200,
  maxCalls: 10,
  maxCallsInFlight: 3,
  maxDepth: 5,
};
const setup: EngineSetup = {
  functions: ["echo", "other"],
  parameters: {},
  modules: {},
  variables: [],
  hasFetch: false,
  limits,
};
const timeoutMs = 100;
/** What a run may take beyond its time. */
const graceMs = 100;
/** The note that output was cut. */
const noteBytes = 100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** What a guest says at once, and how long it waits before. */
interface Line {
  delayMs: number;
  said: unknown[];
}

/** Mostly messages of the right form: anything else ends the guest. */
const said = fc.oneof(
  { weight: 20, arbitrary: guestMessages as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: spoilt(guestMessages) },
  { weight: 1, arbitrary: hostileJson },
);
const script: fc.Arbitrary<Line[]> = fc.array(
  fc.record({ delayMs: fc.nat({ max: 40 }), said: fc.array(said, { maxLength: 4 }) }),
  { maxLength: 12 },
);

/** What a run did to the host. */
interface Trace {
  outcome: RunOutcome;
  names: string[];
  mostOpen: number;
  printedBytes: number;
  ms: number;
}

/** Runs a step while the guest follows its script and the host answers after a while. */
async function runScript(channel: ScriptedChannel, engine: ChannelEngine, lines: readonly Line[]): Promise<Trace> {
  const names: string[] = [];
  const open = new Set<number>();
  let [mostOpen, printedBytes] = [0, 0];
  const outcomes: RunOutcome[] = [];
  const startedAt = performance.now();
  const events = {
    onCalls: (calls: readonly { id: number; name: string; args: string }[]) => {
      for (const { id, name } of calls) {
        names.push(name);
        open.add(id);
        mostOpen = Math.max(mostOpen, open.size);
        setTimeout(() => {
          open.delete(id);
          engine.settle([{ id, ok: true, json: "1" }]);
        }, 7 * open.size);
      }
    },
    onCancel: (id: number) => open.delete(id),
    onOutput: (texts: readonly string[]) => {
      for (const text of texts) printedBytes += Buffer.byteLength(text);
    },
  };
  void engine.run({ code: "", variables: [], timeoutMs }, events).then((outcome) => outcomes.push(outcome));
  void (async () => {
    for (const { delayMs, said: all } of lines) {
      await new Promise((resolve) => {
        setTimeout(resolve, delayMs);
      });
      channel.say(...all);
    }
  })();
  while (outcomes.length === 0 && performance.now() - startedAt < 10 * timeoutMs) await vi.advanceTimersByTimeAsync(5);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error("the run never ended");
  return { outcome, names, mostOpen, printedBytes, ms: performance.now() - startedAt };
}

async function open(): Promise<{ channel: ScriptedChannel; engine: ChannelEngine }> {
  const channel = new ScriptedChannel((message, guest) => {
    if (message.type === "setup") guest.say({ type: "ready" });
    if (message.type === "ping") guest.say({ type: "pong", id: message.id });
  });
  const language = { prepare: () => ({ step: {} }) };
  return { channel, engine: await ChannelEngine.create(channel, { sandbox: "scripted", language, setup }) };
}

function sizes(json: string | undefined): { bytes: number; depth: number } {
  return { bytes: Buffer.byteLength(json ?? ""), depth: jsonShape(json ?? "").depth };
}

test("whatever a guest says, the run ends in time and keeps its limits", async () => {
  await fc.assert(
    fc.asyncProperty(script, async (lines) => {
      const { channel, engine } = await open();
      const { outcome, names, mostOpen, printedBytes, ms } = await runScript(channel, engine, lines);
      expect(ms).toBeLessThanOrEqual(timeoutMs + graceMs);
      expect(names.filter((name) => !setup.functions.includes(name) || name === fetchCall)).toEqual([]);
      expect(names.length).toBeLessThanOrEqual(limits.maxCalls);
      expect(mostOpen).toBeLessThanOrEqual(limits.maxCallsInFlight);
      expect(printedBytes).toBeLessThanOrEqual(limits.maxOutputBytes + noteBytes);
      for (const json of [outcome.value, outcome.answer?.json]) {
        expect(sizes(json).bytes).toBeLessThanOrEqual(limits.maxResultBytes);
        expect(sizes(json).depth).toBeLessThanOrEqual(limits.maxDepth);
      }
      expect(channel.holds).toBe(0);
      await engine.dispose();
    }),
    { numRuns: 500 },
  );
});

test("whatever a guest said in a run, one that is not lost takes another run", async () => {
  await fc.assert(
    fc.asyncProperty(script, async (lines) => {
      const { channel, engine } = await open();
      const first = await runScript(channel, engine, lines);
      await vi.advanceTimersByTimeAsync(1000);
      fc.pre(!first.outcome.lost && !channel.killed);
      const second = await runScript(channel, engine, [
        { delayMs: 5, said: [{ type: "ended", run: 2, json: '"second"' }] },
      ]);
      expect(second.outcome).toEqual({ value: '"second"', lost: false });
      await engine.dispose();
    }),
    { numRuns: 300 },
  );
});

test("a run says that its guest is lost only where it is", async () => {
  await fc.assert(
    fc.asyncProperty(script, async (lines) => {
      const { channel, engine } = await open();
      const { outcome } = await runScript(channel, engine, lines);
      expect(outcome.lost && !channel.killed).toBe(false);
      await engine.dispose();
    }),
  );
});
