import type { ManifestSource } from "@smoltools/hub";
import type { ConvertOptions } from "../convert-options.ts";

const secretOption = /^--?[\w-]*(?:key|token|secret|passw|auth|credential)[\w-]*(?:=(.+))?$/i;
/** `API_KEY=…`, as docker and env take variables, or as a parameter of an address; not `API_KEY=$OTHER`. */
const secretVariable =
  /(?:^|[\s=&?;,'"])[\w.-]*(?:key|token|secret|passw(?:or)?d|pwd|auth(?:orization)?|credentials?)=["']?[^\s$"'&]/i;
/** `X-Api-Key: …`, as programs that pass requests on take headers. */
const secretHeader =
  /(?:^|[\s'"=])(?:(?:proxy-)?authorization|cookie|[\w-]+[-_](?:key|token|secret|auth)):\s*(?!(?:bearer|basic|token)\s+\$)[^\s$]/i;
const secretValue =
  /(?:^|[\s=:,'"])(?:bearer\s+[^\s$]|sk-|pk-|gh[a-z]_|github_pat_|glpat-|hf_|xox[a-z]-|AKIA|eyJ)|:\/\/[^/@\s]*:[^/@\s]+@/i;

/** The command line is published, and shown to everybody who is asked to grant it. */
export function secretIn(source: ManifestSource, { token, env, environment }: ConvertOptions): string | undefined {
  const args = "args" in source ? source.args : [];
  const known = [token, ...env.map((name) => environment[name])].filter(
    (value) => value !== undefined && value.length > 3,
  );
  const index = args.findIndex((arg, at) => {
    const before = at === 0 ? "" : (args[at - 1] ?? "");
    const isNamed = secretOption.test(before) && !before.includes("=") && !arg.startsWith("-");
    const isOption = secretOption.exec(arg)?.[1] !== undefined;
    const isSecret = [secretVariable, secretHeader, secretValue].some((pattern) => pattern.test(arg));
    return isNamed || isOption || isSecret || known.some((value) => value !== undefined && arg.includes(value));
  });
  if (index < 0) return undefined;
  return `argument ${index + 1} looks like a secret. Have the server read it from a variable, and name that with --env NAME`;
}
