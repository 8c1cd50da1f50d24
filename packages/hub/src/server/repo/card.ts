import { errorMessage } from "@smoltools/core";
import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { isObject } from "../../shared/is-object.ts";

/** What the front matter of a README.md says. */
export interface Card {
  /** The front matter; empty when there is none, or when it cannot be read. */
  data: Record<string, unknown>;
  /** What is wrong with it, one sentence each. */
  problems: string[];
}

/** Largest README.md that is read for its front matter, in bytes. */
export const maxCardBytes: number = 1024 * 1024;
/** Longest front matter, in characters: enough for any card, and parsed in milliseconds. */
const maxYamlLength = 64 * 1024;

/**
 * Reads the YAML between the two `---` lines at the start of a README.md.
 *
 * @param text - The whole file.
 */
export function parseCard(text: string): Card {
  const yaml = frontMatter(text);
  if (yaml === undefined) return { data: {}, problems: [] };
  if (yaml.length > maxYamlLength) return problem(`it is longer than ${maxYamlLength} characters`);
  try {
    const lines = new LineCounter();
    // The library looks at all pairs of keys, and describes the place of every error: both take seconds for some texts.
    const options = { logLevel: "silent", uniqueKeys: false, prettyErrors: false, lineCounter: lines } as const;
    const document = parseDocument(yaml, options);
    const wrong = document.errors[0] ?? repeatedKey(document);
    if (wrong) {
      const { line, col } = lines.linePos(wrong.pos[0]);
      return problem(`${wrong.message} at line ${line}, column ${col}`);
    }
    const data: unknown = document.toJS({ maxAliasCount: 50 });
    if (data === null || data === undefined) return { data: {}, problems: [] };
    return isObject(data)
      ? { data: JSON.parse(JSON.stringify(data)), problems: [] }
      : problem("it must be a mapping of keys to values");
  } catch (error) {
    return problem(errorMessage(error));
  }
}

/**
 * The tags that a card gives a repo: its `tags`, and the values of `sdk`, `library_name`, `pipeline_tag` and `license`.
 *
 * @param data - The front matter of the README.md.
 * @param sdk - The sdk of a Space whose card names none.
 */
export function cardTags(data: Record<string, unknown>, sdk?: string): string[] {
  const tags = new Set<string>();
  const own = Array.isArray(data["tags"]) ? data["tags"] : [];
  for (const tag of [...own, data["sdk"] ?? sdk, data["library_name"], data["pipeline_tag"]]) {
    if (typeof tag === "string" && tag !== "") tags.add(tag);
  }
  const licenses = Array.isArray(data["license"]) ? data["license"] : [data["license"]];
  for (const license of licenses) {
    if (typeof license === "string" && license !== "") tags.add(`license:${license}`);
  }
  return [...tags];
}

/** A key that stands twice in one mapping: readers do not agree which one counts. */
function repeatedKey(document: Document): { message: string; pos: [number, number] } | undefined {
  let found: [number, number] | undefined;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = [key.range?.[0] ?? 0, key.range?.[1] ?? 0];
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found && { message: "Map keys must be unique", pos: found };
}

function frontMatter(text: string): string | undefined {
  const [opening] = /^\uFEFF?---[ \t]*\r?\n/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const rest = text.slice(opening.length);
  const closing = /^---[ \t]*$/m.exec(rest);
  return closing ? rest.slice(0, closing.index).replaceAll("\r\n", "\n") : undefined;
}

function problem(text: string): Card {
  return { data: {}, problems: [`README.md front matter: ${text.split("\n", 1)[0]}`] };
}
