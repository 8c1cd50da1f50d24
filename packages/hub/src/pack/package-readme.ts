import { renderDeclarations } from "@smoltools/core";
import { parse, stringify } from "yaml";
import { type Manifest } from "../manifest/manifest.ts";
import { permissionsText } from "../manifest/permissions.ts";
import { sourceText } from "../manifest/source-text.ts";
import { usageOf } from "./usage.ts";
import { shorten } from "../shared/shorten.ts";

/** What a Space of the Hub shows: a page of HTML, or the Gradio app of the package. */
export type SpaceSdk = "static" | "gradio";

/** The Gradio of Spaces that show the app. */
const gradioVersion = "6.31.0";

/** Of the card: a text of several lines must not look like its end. */
const oneLineEach = { blockQuote: false, lineWidth: 0 } as const;

const begin = "<!-- author's text -->";
const end = "<!-- end of author's text -->";

/**
 * Makes the README of a package: the Space card that the Hub reads, the author's own text, and how to use the tools.
 *
 * @param manifest - Without files and integrity: the README is one of the files.
 * @param authorText - The author's README, or one that was made by this function before; its front matter is kept
 *   where the package does not decide it.
 */
export function packageReadme(
  manifest: Omit<Manifest, "files" | "integrity">,
  authorText = "",
  sdk: SpaceSdk = "static",
): string {
  const { card, body } = splitFrontMatter(authorText);
  const title = manifest.name.split("/")[1] ?? manifest.name;
  const served = sdk === "gradio" ? ["mcp-server"] : [];
  const tags = [...new Set(["smolagents", "tool", "smoltools", ...served, ...(manifest.keywords ?? [])])];
  const front = {
    title,
    emoji: "🔧",
    colorFrom: "blue",
    colorTo: "green",
    ...card,
    sdk,
    ...(sdk === "gradio" ? { sdk_version: gradioVersion, app_file: "app.py" } : { app_file: "index.html" }),
    pinned: false,
    short_description: shorten(manifest.description.replace(/\s+/g, " ").trim(), 60),
    ...(manifest.license !== undefined && { license: manifest.license.toLowerCase() }),
    tags,
  };
  const own = authorsOwn(body);
  return `---\n${stringify(front, oneLineEach)}---\n\n${own === "" ? `# ${title}\n\n${manifest.description}\n` : `${begin}\n${own}\n${end}\n`}\n${usage(manifest)}`;
}

function usage(manifest: Omit<Manifest, "files" | "integrity">): string {
  const { permissions, runtime, source, tools } = manifest;
  const origin = source ? ` Converted from ${plain(sourceText(source))}.` : "";
  const ways = usageOf(manifest).map(({ language, code }) => `\`\`\`${language}\n${code}\n\`\`\``);
  return `## Use

${ways.join("\n\n")}

## Tools

\`\`\`ts
${renderDeclarations(tools)}
\`\`\`

Permissions: ${permissionsText(permissions)}. Runs in: ${runtimeNames[runtime]}.${origin}
`;
}

const runtimeNames: Readonly<Record<Manifest["runtime"], string>> = {
  js: "any JavaScript sandbox",
  node: "a sandbox with Node.js",
  python: "a sandbox with Python",
};

/** A text of somebody else's as the code that Markdown shows as it is. */
function plain(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** What the author wrote, without what an earlier version of this function added around it. */
function authorsOwn(body: string): string {
  const from = body.indexOf(begin);
  const to = body.indexOf(end);
  const own = from !== -1 && to > from ? body.slice(from + begin.length, to) : body;
  return own.replaceAll(begin, "").replaceAll(end, "").trim();
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
