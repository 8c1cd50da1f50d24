import type { ManifestSource } from "@smoltools/hub";
import type { ConvertOptions } from "../convert-options.ts";

const secretOption = /^--?[\w-]*(?:key|token|secret|passw|auth|credential)[\w-]*(?:=(.+))?$/i;
const secretValue = /^(?:bearer\s|sk-|pk-|gh[a-z]_|github_pat_|hf_|xox[a-z]-|AKIA|eyJ)|:\/\/[^/@\s]*:[^/@\s]+@/i;

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
    return (
      isNamed || isOption || secretValue.test(arg) || known.some((value) => value !== undefined && arg.includes(value))
    );
  });
  if (index < 0) return undefined;
  return `argument ${index + 1} looks like a secret. Have the server read it from a variable, and name that with --env NAME`;
}
