import type { Agent, ToolOrigin } from "@smoltools/core";
import type { Permissions } from "@smoltools/hub";
import type { LeftOut } from "../left-out.ts";

/** What is known of an agent that was loaded. */
export interface LoadedAgent {
  /** Where it came from, and exactly what it was. */
  readonly origin: ToolOrigin;
  /** What its tools may do. */
  readonly permissions: Permissions;
  /** What the file had and the agent has not. */
  readonly report: readonly LeftOut[];
  /** False when something else was put in place of a part of it: it is then another agent. */
  readonly isUnchanged: boolean;
}

interface State {
  loaded: LoadedAgent;
  /** What lives as long as the agent: sandboxes of its tools, models that were loaded for it. */
  owned: AsyncDisposable[];
}

const states = new WeakMap<Agent, State>();

/** Remembers where an agent came from, and what is to be ended with it. */
export function rememberLoaded(agent: Agent, loaded: LoadedAgent, owned: AsyncDisposable[]): void {
  states.set(agent, { loaded, owned });
}

/** Where an agent came from; `undefined` for one that the program made itself. */
export function loadedOf(agent: Agent): LoadedAgent | undefined {
  return states.get(agent)?.loaded;
}

/** Ends what was made for an agent when it was loaded. */
export async function endOwned(agent: Agent): Promise<void> {
  const owned = states.get(agent)?.owned.splice(0) ?? [];
  await disposeAll(owned);
}

/** Disposes of all of them, whatever becomes of one. */
export async function disposeAll(owned: readonly AsyncDisposable[]): Promise<void> {
  await Promise.allSettled(owned.map((each) => each[Symbol.asyncDispose]()));
}
