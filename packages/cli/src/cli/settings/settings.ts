import type { CommandContext } from "../command.ts";
import { configFile } from "./config-file.ts";
import { hubProblem } from "../hub/hub-address.ts";
import { readJsonFile } from "./read-json-file.ts";
import { sandboxNames, sandboxProblem } from "./sandbox-names.ts";

type Environment = CommandContext["env"];

/** Something that can be set once for all commands. */
export interface Setting {
  /** The variables that win over the setting, the strongest first. The last one carries the setting to commands. */
  variables: readonly [string, ...string[]];
  /** What holds where nobody says anything; for people. */
  fallback: string;
  help: string;
  /** Says what is wrong with a value. */
  problem: (value: string) => string | undefined;
}

/** The settings that there are. */
export const settings: Readonly<Record<string, Setting>> = {
  hub: {
    variables: ["HF_ENDPOINT", "SMOLTOOLS_HUB"],
    fallback: "https://huggingface.co",
    help: "address of the hub",
    problem: hubProblem,
  },
  model: {
    variables: ["SMOLTOOLS_MODEL"],
    fallback: "that of the provider",
    help: "id of the language model of agents",
    problem: (value) => (/^\S{1,200}$/.test(value) ? undefined : "is no id of a model: write it as Qwen/Qwen3-32B"),
  },
  sandbox: {
    variables: ["SMOLTOOLS_SANDBOX"],
    fallback: sandboxNames[0],
    help: `where tools in JavaScript run: ${sandboxNames.join(" or ")}`,
    problem: sandboxProblem,
  },
};

/** Where settings are kept. */
export function settingsFile(env: Environment): string {
  return configFile("config.json", env);
}

/**
 * The environment with the settings as variables, where it says nothing itself.
 *
 * @throws ConfigError `CONFIG_INVALID` when the file is no JSON object.
 */
export function withSettings(env: Environment): Environment {
  const kept = readJsonFile(settingsFile(env));
  const more = Object.entries(settings).flatMap(([name, { variables }]): [string, string][] => {
    const variable = variables.at(-1) ?? "";
    const value = kept[name];
    return typeof value === "string" && !env[variable] ? [[variable, value]] : [];
  });
  return { ...env, ...Object.fromEntries(more) };
}
