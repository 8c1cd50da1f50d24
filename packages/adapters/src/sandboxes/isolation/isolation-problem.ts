import { once } from "node:events";
import { release } from "node:os";
import { text } from "node:stream/consumers";
import { type GuestUser, possibleUsers } from "./guest-user.ts";
import { findIsolationTools, type IsolationTools } from "./isolation-tools.ts";
import { explainFailure, unsupportedMachine } from "./machine-support.ts";
import { startIsolated } from "./start-isolated.ts";

/** How long the trial may take. It takes about ten milliseconds. */
const trialMs = 10_000;

/** What isolation is made with on this machine. */
export interface IsolationMeans {
  tools: IsolationTools;
  /** The best user for guests. */
  user: GuestUser;
}

/** What this machine has, or a text that says why there is no isolation. */
export type IsolationProbe = IsolationMeans | { problem: string };

let probe: Promise<IsolationProbe> | undefined;

/** Looks at what this machine has: once, unless there was a problem, which somebody may have mended. */
export async function probeIsolation(): Promise<IsolationProbe> {
  probe ??= examine();
  const found = await probe;
  if ("problem" in found) probe = undefined;
  return found;
}

/**
 * Why programs cannot be isolated on this machine, and what to install or allow; undefined when they can.
 *
 * Found out by isolating a program that does nothing.
 */
export async function isolationProblem(): Promise<string | undefined> {
  const probe = await probeIsolation();
  return "problem" in probe ? probe.problem : undefined;
}

async function examine(): Promise<IsolationProbe> {
  const unsupported = unsupportedMachine(process.platform, process.arch, release());
  if (unsupported !== undefined) return { problem: unsupported };
  const tools = await findIsolationTools();
  if (typeof tools === "string") return { problem: tools };
  let failure: string | undefined;
  for (const user of possibleUsers()) {
    failure = await tryOut(tools, user);
    if (failure === undefined) return { tools, user };
  }
  return { problem: explainFailure(failure ?? "") };
}

/** @returns What went wrong, as the tools tell it. */
async function tryOut(tools: IsolationTools, user: GuestUser): Promise<string | undefined> {
  try {
    const { child, info, channel } = await startIsolated(
      { sandbox: "trial", command: ["/prlimit", "--version"], binds: [], memory: {}, maxMessageBytes: 1 },
      tools,
      user,
    );
    for (const unused of [info, channel]) unused.resume();
    const giveUp = setTimeout(() => child.kill("SIGKILL"), trialMs);
    const [said, [code, signal]] = await Promise.all([child.stderr ? text(child.stderr) : "", once(child, "close")]);
    clearTimeout(giveUp);
    if (code === 0) return undefined;
    return said.trim() || `it ended with ${String(signal ?? code)} after at most ${trialMs} ms, without a word`;
  } catch (error) {
    return String(error);
  }
}
