/** Most requirements that are named. */
const most = 20;

/**
 * The packages that a `requirements.txt` names, without versions, and without smolagents, which the sandbox stands in
 * for.
 */
export function requirementNames(text: string): string[] {
  const names = text.split(/\r?\n/).flatMap((line) => {
    const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]{0,99})\s*(?:\[|[=<>!~;@#]|$)/.exec(line)?.[1];
    return name === undefined || name.toLowerCase() === "smolagents" ? [] : [name];
  });
  return [...new Set(names)].slice(0, most);
}
