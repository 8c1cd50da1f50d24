/** The variables of an environment that a package may read. */
export function grantedEnv(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  // Names come from manifests: `toString` is one, and no variable.
  const own = names.filter((name) => Object.hasOwn(env, name));
  const entries = own.map((name): [string, string | undefined] => [name, env[name]]);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
