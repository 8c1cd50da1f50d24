import { defaultSandboxLimits, type HostCall, type HostFunction } from "@smoltools/core";
import { expect, test } from "vitest";
import type { CallAnswer } from "./engine.ts";
import { HostCalls } from "./host-calls.ts";

/** Performs calls of `note`, which notes what it is given and in which turn of the event loop. */
async function perform(argumentLists: readonly string[]): Promise<{ noted: [value: unknown, turn: number][] }> {
  const noted: [unknown, number][] = [];
  let turn = 0;
  let done = false;
  const count = (): void => {
    turn += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  const answers: CallAnswer[] = [];
  await new Promise<void>((resolve) => {
    const calls = new HostCalls(
      new Map([["note", ([value]) => void noted.push([typeof value === "string" ? value.length : value, turn])]]),
      defaultSandboxLimits,
      {
        settle: (some) => {
          answers.push(...some);
          if (answers.length === argumentLists.length) resolve();
        },
        setUntimed: () => {},
      },
    );
    argumentLists.forEach((args, id) => void calls.perform({ id, name: "note", args }));
  });
  done = true;
  return { noted };
}

test("calls are performed in the order in which they come, at once", async () => {
  const { noted } = await perform(["[1]", "[2]", "[3]"]);
  expect(noted).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
});

test("large arguments are read in turns of their own, and the order stays", async () => {
  const large = JSON.stringify(["x".repeat(300_000)]);
  const { noted } = await perform(["[1]", large, large, "[2]"]);
  expect(noted.map(([value]) => value)).toEqual([1, 300_000, 300_000, 2]);
  expect(new Set(noted.map(([, turn]) => turn)).size).toBe(4);
});

test("a call that is given up before its turn is not performed", async () => {
  const noted: unknown[] = [];
  const calls = new HostCalls(new Map([["note", ([value]) => void noted.push(value)]]), defaultSandboxLimits, {
    settle: () => {},
    setUntimed: () => {},
  });
  const performed = calls.perform({ id: 1, name: "note", args: JSON.stringify(["x".repeat(300_000)]) });
  calls.end();
  await performed;
  expect(noted).toEqual([]);
});

test("a call that was given up has no part in another one that takes its id", async () => {
  const answers: CallAnswer[] = [];
  let untimed = 0;
  const started = new Map<string, { end(): void; call: HostCall }>();
  const work: HostFunction = ([name], call) =>
    new Promise((resolve) => void started.set(String(name), { end: () => resolve(name), call }));
  const calls = new HostCalls(new Map([["work", work]]), defaultSandboxLimits, {
    settle: (some) => void answers.push(...some),
    setUntimed: () => void (untimed += 1),
  });
  const first = calls.perform({ id: 1, name: "work", args: '["first"]' });
  calls.cancel(1, new Error("given up"));
  void calls.perform({ id: 1, name: "work", args: '["second"]' });
  void started.get("first")?.call.untimed(Promise.resolve());
  started.get("first")?.end();
  await first;
  await Promise.resolve();
  expect({ answers, untimed }).toEqual({ answers: [], untimed: 0 });
  calls.end();
  expect(started.get("second")?.call.signal.aborted).toBe(true);
});
