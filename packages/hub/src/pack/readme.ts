import { renderDeclarations } from "@smoltools/core";
import { parse, stringify } from "yaml";
import { type Manifest } from "../manifest/manifest.ts";
import { permissionsText } from "../manifest/permissions.ts";

const begin = "<!-- author's text -->";
const end = "<!-- end of author's text -->";

/**
 * Makes the README of a package: the Space card that the Hub reads, the author's own text, and how to use the tools.
 *
 * @param manifest - Without files and integrity: the README is one of the files.
 * @param authorText - The author's README, or one that was made by this function before; its front matter is kept
 *   where the package does not decide it.
 */
export function packageReadme(manifest: Omit<Manifest, "files" | "integrity">, authorText = ""): string {
  const { card, body } = splitFrontMatter(authorText);
  const title = manifest.name.split("/")[1] ?? manifest.name;
  const tags = [...new Set(["smoltools", "tool", ...(manifest.keywords ?? [])])];
  const front = {
    title,
    emoji: "🔧",
    colorFrom: "blue",
    colorTo: "green",
    ...card,
    sdk: "static",
    pinned: false,
    short_description: cut(manifest.description, 60),
    ...(manifest.license !== undefined && { license: manifest.license.toLowerCase() }),
    tags,
  };
  const own = authorsOwn(body);
  return `---\n${stringify(front)}---\n\n${own === "" ? `# ${title}\n\n${manifest.description}\n` : `${begin}\n${own}\n${end}\n`}\n${usage(manifest)}`;
}

function usage(manifest: Omit<Manifest, "files" | "integrity">): string {
  const [first] = manifest.tools;
  const select = manifest.tools.length > 1 ? `#${first?.name ?? ""}` : "";
  return `## Use

\`\`\`ts
import { Tool } from "smoltools";

const ${first?.name ?? "tool"} = await Tool.fromHub("${manifest.name}@^${manifest.version}${select}");
\`\`\`

## Tools

\`\`\`ts
${renderDeclarations(manifest.tools)}
\`\`\`

Permissions: ${permissionsText(manifest.permissions)}. Runs in: ${manifest.runtime === "js" ? "any JavaScript sandbox" : manifest.runtime}.
`;
}

/** What the author wrote, without what an earlier version of this function added around it. */
function authorsOwn(body: string): string {
  const from = body.indexOf(begin);
  const to = body.indexOf(end);
  if (from !== -1 && to > from) return body.slice(from + begin.length, to).trim();
  return body.trim();
}

function splitFrontMatter(text: string): { card: Record<string, unknown>; body: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!match) return { card: {}, body: text };
  let card: unknown;
  try {
    card = parse(match[1] ?? "");
  } catch {
    // A card that is no YAML is no card.
  }
  const known =
    typeof card === "object" && card !== null && !Array.isArray(card) ? (card as Record<string, unknown>) : {};
  const { emoji, colorFrom, colorTo, title } = known;
  const kept = Object.entries({ title, emoji, colorFrom, colorTo }).filter(([, value]) => typeof value === "string");
  return { card: Object.fromEntries(kept), body: text.slice(match[0].length) };
}

function cut(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
