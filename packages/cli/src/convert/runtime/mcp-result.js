// What tools of MCP servers take and give. https://modelcontextprotocol.io/specification/2025-11-25/server/tools

import { mediaOf, readMedia, toBase64 } from "./media.js";

/** Most blocks of one result. */
const maxBlocks = 1000;

/**
 * Arguments as they are sent: media become objects that hold their bytes.
 */
export function sendableInput(value) {
  const media = readMedia(value);
  if (media) {
    const { base64, ...rest } = media;
    return base64 === undefined ? rest : { ...rest, data: base64 };
  }
  if (Array.isArray(value)) return value.map(sendableInput);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, sendableInput(part)]));
}

/**
 * The result of a call as a value.
 *
 * - That of a tool with an output schema is its `structuredContent`.
 * - Without a schema, one text or one piece of media is itself, several texts are one, and texts with media are a list.
 *
 * @param {object} result - As the server sent it.
 * @param {{ hasOutput: boolean, isWrapped: boolean, follow: (link: object) => Promise<unknown[]> }} tool - `follow` reads
 *   what a link leads to.
 * @throws {Error} with what the tool says went wrong.
 */
export async function readResult(result, { hasOutput, isWrapped, follow }) {
  const { content = [], structuredContent, isError, _meta: meta } = isRecord(result) ? result : {};
  if (!isRecord(result) || !Array.isArray(content)) throw new Error("the server's answer is no result of a tool");
  if (content.length > maxBlocks) throw new Error(`the result has more than ${maxBlocks} parts`);
  const blocks = [];
  for (const block of content) blocks.push(block?.type === "resource_link" ? await follow(block) : readBlock(block));
  const values = blocks.flat();
  if (isError === true) {
    const said = values.filter((value) => typeof value === "string").join("\n");
    throw new Error(said.trim() === "" ? "the tool does not say why" : said);
  }
  const places = meta?.["smoltools/media"];
  const unwrap = (value) =>
    (isWrapped || meta?.["smoltools/wrapped"] === true) && isRecord(value) && "result" in value ? value.result : value;
  if (structuredContent !== undefined) {
    const value = unwrap(placeMedia(structuredContent, blocks, places));
    const media = hasOutput || places !== undefined ? [] : values.filter(readMedia);
    return media.length > 0 ? [value, ...media] : value;
  }
  const [only] = values;
  // Some servers write what they declare as a text alone.
  const parsed = hasOutput && values.length === 1 && typeof only === "string" ? parseJson(only) : undefined;
  return parsed === undefined ? plainValue(values) : unwrap(parsed);
}

/** The contents of a resource: a text that is a file as well is given as both. */
export function readContents(contents) {
  const { uri, mimeType, text, blob } = contents ?? {};
  const name = String(uri ?? "")
    .split(/[?#]/)[0]
    .split("/")
    .findLast((part) => part !== "" && !part.endsWith(":"));
  if (typeof text === "string") {
    return [text, mediaOf(toBase64(new TextEncoder().encode(text)), mimeType ?? "text/plain", name)];
  }
  if (typeof blob === "string") return [mediaOf(blob, mimeType, name)];
  throw new Error("the server sent a resource without contents");
}

function readBlock(block) {
  switch (block?.type) {
    case "text":
      return [String(block.text)];
    case "image":
    case "audio":
      return [mediaOf(String(block.data), block.mimeType ?? `${block.type}/octet-stream`)];
    case "resource":
      return readContents(block.resource);
    default:
      throw new Error(`the server sent a part of the type ${JSON.stringify(block?.type)?.slice(0, 100)}`);
  }
}

function plainValue(values) {
  if (values.length < 2) return values[0] ?? null;
  return values.every((value) => typeof value === "string") ? values.join("\n") : values;
}

/** Puts media where they stood in a value, as servers of smoltools say: pairs of a JSON Pointer and a block's number. */
function placeMedia(value, blocks, places) {
  let placed = value;
  for (const place of Array.isArray(places) ? places : []) {
    const [pointer, number] = Array.isArray(place) ? place : [];
    const media = blocks[number]?.find(readMedia);
    if (typeof pointer === "string" && media) placed = withAt(placed, keysOf(pointer), media);
  }
  return placed;
}

function withAt(value, [key, ...rest], media) {
  if (key === undefined) return media;
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? withAt(item, rest, media) : item));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === key ? withAt(part, rest, media) : part]),
  );
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function keysOf(pointer) {
  const keys = pointer.split("/").slice(1);
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
