import { defaultSandboxLimits, type SandboxLimits } from "@smoltools/core";
import { vi } from "vitest";
import type { CallRequest, EngineSetup, RunEvents, RunOutcome } from "../../engine/engine.ts";
import { ScriptedChannel } from "../../test-hostile/scripted-channel.ts";
import { ChannelEngine } from "../channel-engine.ts";
import type { GuestLanguage } from "../guest-language.ts";
import type { ToGuest } from "../messages.ts";

/** Small limits, to be reached. */
export const limits: SandboxLimits = {
  ...defaultSandboxLimits,
  maxOutputBytes: 100,
  maxArgumentBytes: 100,
  maxResultBytes: 100,
};
export const setup: EngineSetup = {
  functions: ["echo"],
  parameters: {},
  modules: {},
  variables: [],
  hasFetch: false,
  limits,
};
export const language: GuestLanguage = { prepare: (code) => ({ step: { code } }) };
/** Time of a run. */
export const timeoutMs = 1000;

/** Has time stand still until a test lets it go by. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
}

/** What a guest does when it is told something. */
export type React = (message: ToGuest, channel: ScriptedChannel) => void;

/** A guest that is set up, and then does as it is told here. */
export function guest(react: React): ScriptedChannel {
  return new ScriptedChannel((message, channel) => {
    if (message.type === "setup") channel.say({ type: "ready" });
    else react(message, channel);
  });
}

/** A run, and what came of it. */
export interface Ran {
  outcome: RunOutcome;
  calls: CallRequest[];
  printed: string[];
  channel: ScriptedChannel;
  engine: ChannelEngine;
  ms: number;
}

/** Runs a step with a guest, and lets as much time go by as it takes. */
export async function run(react: React, more: Partial<EngineSetup> = {}): Promise<Ran> {
  const channel = guest(react);
  const engine = await ChannelEngine.create(channel, { sandbox: "scripted", language, setup: { ...setup, ...more } });
  const [calls, printed]: [CallRequest[], string[]] = [[], []];
  const events: RunEvents = {
    onCalls: (requests) => calls.push(...requests),
    onCancel: () => {},
    onOutput: (texts) => printed.push(...texts),
  };
  const startedAt = performance.now();
  const outcome = await inTime(engine.run({ code: "code", variables: [], timeoutMs }, events));
  return { outcome, calls, printed, channel, engine, ms: performance.now() - startedAt };
}

/** Lets time go by until the work is done. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const state = { done: false };
  void Promise.allSettled([work]).then(() => Object.assign(state, { done: true }));
  while (!state.done) await vi.advanceTimersByTimeAsync(5);
  return work;
}

/** Nobody hears what happens in a run. */
export const silent: RunEvents = { onCalls: () => {}, onCancel: () => {}, onOutput: () => {} };

/** Says something as soon as the code is to run. */
export function onRun(...messages: readonly unknown[]): React {
  return (message, channel) => {
    if (message.type === "run") channel.say(...messages);
  };
}

/** The end of the first run, with a value. */
export const ended: { type: "ended"; run: number; json: string } = { type: "ended", run: 1, json: "1" };
