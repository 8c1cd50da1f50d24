import { errorMessage } from "@smoltools/core";
import { localProbes } from "./local-probes.ts";
import { remoteProbes } from "./remote-probes.ts";
import type { Environment, Finding, SandboxAbility, SandboxProbe } from "./sandbox-ability.ts";

/**
 * Tells for each kind of sandbox whether it can be had on this machine, what it is made of, and what is missing.
 *
 * Tries out what is local: it starts a program in isolation, and asks the Docker engine. Providers of machines are not
 * asked, and keys are looked for by name alone.
 *
 * @param environment - Where keys are looked for.
 */
export function sandboxAbilities(environment: Environment = process.env): Promise<SandboxAbility[]> {
  return Promise.all([...localProbes, ...remoteProbes].map((probe) => abilityOf(probe, environment)));
}

async function abilityOf(probe: SandboxProbe, environment: Environment): Promise<SandboxAbility> {
  const { kind, languages } = probe;
  const { found, problem } = await findingOf(probe, environment);
  const known = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    kind,
    languages,
    available: problem === undefined,
    found: Object.fromEntries(known),
    ...(problem !== undefined && { problem }),
  };
}

async function findingOf(probe: SandboxProbe, environment: Environment): Promise<Finding> {
  try {
    return await probe.examine(environment);
  } catch (error) {
    // One that cannot even be asked is no reason to say nothing of the others.
    return { found: {}, problem: errorMessage(error) };
  }
}
