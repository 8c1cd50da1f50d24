import { defaultHubUrl } from "@smoltools/hub";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";

/** A hub, and what named it. */
export interface HubAddress {
  /** Without a slash at its end. */
  url: string;
  from: "--hub" | "HF_ENDPOINT" | "SMOLTOOLS_HUB" | "default";
}

/**
 * The hub that a command is about: `--hub`, else `HF_ENDPOINT`, else the setting `hub`, else the Hugging Face Hub.
 *
 * @throws UsageError when that is no address.
 */
export function hubOf({ values, env }: Pick<CommandContext, "values" | "env">): HubAddress {
  const option = values["hub"];
  if (typeof option === "string") return { url: checked(option, "--hub"), from: "--hub" };
  for (const from of ["HF_ENDPOINT", "SMOLTOOLS_HUB"] as const) {
    const value = env[from];
    if (value) return { url: checked(value, from), from };
  }
  return { url: defaultHubUrl, from: "default" };
}

/** The hub of the official clients, whose token they keep: that of `HF_ENDPOINT`, else the Hugging Face Hub. */
export function officialHub(env: CommandContext["env"]): string {
  return withoutSlash(env["HF_ENDPOINT"] || defaultHubUrl);
}

/** What is wrong with the address of a hub; `undefined` when nothing is. */
export function hubProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return "is no address: write it as https://hub.example.org";
  if (url.username !== "" || url.password !== "") return "holds a password: smoltools login asks for a token";
  return url.search === "" && url.hash === "" ? undefined : "is more than an address: leave out what follows ? or #";
}

function checked(text: string, from: string): string {
  const problem = hubProblem(text);
  if (problem !== undefined) throw new UsageError(`The hub of ${from} ${problem}`);
  return withoutSlash(text);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
