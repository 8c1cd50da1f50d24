import { toolNameProblem, ToolSourceError } from "@smoltools/core";

/** Most characters of a tool's name. */
const maxLength = 63;

/** How the tools of a source are called where its own names cannot be used, or meet those of another source. */
export interface ToolNameOptions {
  /** Put before the name of every tool that `rename` does not name: `"github_"`. */
  prefix?: string | undefined;
  /** Names by the name that the source has for the tool. They are taken as they are, without the prefix. */
  rename?: Readonly<Record<string, string>> | undefined;
}

/**
 * The nearest name that a tool can have.
 *
 * A good name stays what it is. Every other character than a letter of ASCII, a digit or `_` becomes `_`; a digit in
 * front gets a `_` before it; a reserved word of JavaScript or Python, or a global of JavaScript, gets one behind it; a
 * name that is too long is cut, and ends with a hash of what it was.
 *
 * @param name - Any text, as another framework has it.
 */
export function identifierFor(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_]/gu, "_").replace(/^(?=\d|$)/, "_");
  if (safe.length > maxLength) {
    const hash = hashOf(name);
    return `${safe.slice(0, maxLength - hash.length - 1)}_${hash}`;
  }
  return toolNameProblem(safe) === undefined ? safe : `${safe}_`;
}

/**
 * Names the tools of a source.
 *
 * @param source - Names the source in errors.
 * @param names - What the source calls its tools.
 * @returns What they are called here, in the same order.
 * @throws ToolSourceError `SOURCE_TOOL_INVALID` when two would have one name, or `rename` gives a name that a tool cannot have.
 */
export function toolNames(
  source: string,
  names: readonly string[],
  { prefix = "", rename = {} }: ToolNameOptions = {},
): string[] {
  const taken = new Map<string, string>();
  return names.map((original) => {
    const chosen = Object.hasOwn(rename, original) ? rename[original] : undefined;
    const name = chosen ?? identifierFor(prefix + original);
    const problem = chosen === undefined ? undefined : toolNameProblem(chosen);
    if (problem !== undefined) {
      throw new ToolSourceError(
        `${source}: the option rename gives ${JSON.stringify(original)} a bad name: ${problem}`,
        {
          code: "SOURCE_TOOL_INVALID",
          data: { source, tool: original },
        },
      );
    }
    const other = taken.get(name);
    if (other !== undefined) throw clash(source, name, other, original);
    taken.set(name, original);
    return name;
  });
}

function clash(source: string, name: string, one: string, other: string): ToolSourceError {
  const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
  const what =
    one === other
      ? `${source} has two tools named ${first}: give it tools that differ in their names`
      : `${source} has the tools ${first} and ${second}, which would both be called ${name} here: give one of them ` +
        `another name with the option rename, such as { ${second}: "${name.slice(0, maxLength - 2)}_2" }`;
  return new ToolSourceError(what, { code: "SOURCE_TOOL_INVALID", data: { source, tools: [one, other] } });
}

/** FNV-1a of 32 bits, as 7 characters: it tells names apart, and keeps no secret. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, "0");
}
