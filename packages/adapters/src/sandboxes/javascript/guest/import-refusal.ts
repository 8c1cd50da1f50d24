/** Says why a specifier cannot be imported. */
export function importRefusal(specifier: string, given: readonly string[]): string {
  const names = given.length > 0 ? given.map((name) => `"${name}"`).join(", ") : "none";
  return `cannot import "${specifier}": there are Node's own modules and those given to the sandbox (${names})`;
}
