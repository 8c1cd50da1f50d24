/** Attributes of an element. */
export type Attributes = Readonly<Record<string, string>>;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements that stand for themselves, with a blank line around them. */
export const paragraphs: ReadonlySet<string> = words(
  "p h1 h2 h3 h4 h5 h6 blockquote pre table figure section article dl details fieldset hgroup",
);

/** Elements that begin a new line. */
export const lineBreakers: ReadonlySet<string> = words(
  "address aside body center dd div dt figcaption footer form header html legend li main menu optgroup summary ol ul tr td th",
);

/** Code, controls, pictures and navigation: what nobody reads as text. */
const noise = words(
  `script style noscript template iframe object embed svg math canvas audio video map dialog nav head title
   button select textarea progress meter datalist`,
);

const noiseRoles = words("navigation search dialog alertdialog menu menubar toolbar");

/** Elements that a footer can belong to; one of the whole page is navigation. */
const footed = ["article", "blockquote", "main", "section"];

/**
 * Tells elements whose content is left out.
 *
 * @param openCounts - How many elements of each name are open around it.
 */
export function isNoise(name: string, attributes: Attributes, openCounts: ReadonlyMap<string, number>): boolean {
  // Scripts that a reader lacks may be meant to show these.
  if (name === "html" || name === "body") return false;
  if (noise.has(name) || noiseRoles.has(attributes["role"] ?? "")) return true;
  // A hidden text is one that its author shows to machines alone.
  const { hidden = "until-found" } = attributes;
  if (hidden !== "until-found" || attributes["aria-hidden"] === "true") return true;
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes["style"] ?? "")) return true;
  return name === "footer" && footed.every((around) => (openCounts.get(around) ?? 0) === 0);
}

/** Longer addresses, in characters, are hardly ones to visit, and a page could repeat one in each of its links. */
const longestAddress = 4096;

/**
 * The address that an attribute names; `undefined` for scripts, places on the same page, embedded data, and addresses
 * that are too long.
 */
export function addressOf(value: string | undefined, base: string): string | undefined {
  const text = value?.trim() ?? "";
  if (text === "" || text.startsWith("#") || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  // Brackets end a link in Markdown.
  if (url.href.length > longestAddress) return undefined;
  return /^(?:https?|mailto|tel):$/.test(url.protocol) ? url.href.replace(/[()]/g, encodeBracket) : undefined;
}

function encodeBracket(bracket: string): string {
  return bracket === "(" ? "%28" : "%29";
}

/** The number of a list's first item; 1 where none is named, or one of more digits than anybody counts to. */
export function listStart(value: string | undefined): number {
  const start = Number.parseInt(value ?? "", 10);
  return Math.abs(start) < 1e9 ? start : 1;
}

/** The language that highlighters write into the class of a code block. */
export function languageOf(attributes: Attributes): string | undefined {
  return /(?:^|\s)(?:language|lang|highlight-source)-([\w+#-]{1,30})/.exec(attributes["class"] ?? "")?.[1];
}
