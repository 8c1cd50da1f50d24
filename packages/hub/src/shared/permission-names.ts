/**
 * The names by which permissions can be searched for: each kind that is asked for, such as `net`, and each permission
 * in full, such as `net:api.example.com`.
 *
 * @param permissions - What is asked for, by kind.
 */
export function permissionNames(permissions: Readonly<Record<string, readonly string[]>>): string[] {
  const names: string[] = [];
  for (const [kind, values] of Object.entries(permissions)) {
    if (values.length > 0) names.push(kind);
    for (const value of values) names.push(`${kind}:${value}`);
  }
  return names;
}
