import { isMediaRef, type MediaRef } from "@smoltools/core";
import { fieldOf, isRecord, parseJson } from "../../shared/json-access.ts";
import { mediaMark, wrappedMark } from "./marks.ts";
import { readBlock, type ResourceLink } from "./read-block.ts";
import { placeMedia } from "./place-media.ts";

/** Most blocks of one result. */
const maxBlocks = 1000;

/** How to read a result. */
export interface ReadResultOptions {
  /** The tool declares what its results are. */
  hasOutputSchema: boolean;
  /** Its results are wrapped by what it declares. */
  isWrapped: boolean;
  /** Reads what a link leads to, from the server. */
  follow: (link: ResourceLink) => Promise<(string | MediaRef)[]>;
}

/** A result as a value, or what the tool says went wrong. */
export type ReadResult = { value: unknown } | { error: string };

/**
 * Reads the result of a call.
 *
 * - A result with a schema is its `structuredContent`.
 * - Without a schema, one text or one piece of media is itself, several texts are one, and texts with media are a list.
 * - `structuredContent` without a schema goes before the texts, which repeat it, and before media, which do not.
 *
 * @throws Error that says what the protocol does not know in it.
 */
export async function readResult(result: unknown, options: ReadResultOptions): Promise<ReadResult> {
  if (!isRecord(result)) throw new Error("an answer that is not a result");
  const { content = [], structuredContent } = result;
  if (!Array.isArray(content)) throw new Error("a result whose content is not a list");
  if (content.length > maxBlocks) throw new Error(`a result of more than ${maxBlocks} blocks`);
  const blocks: (string | MediaRef)[][] = [];
  // One after the other: what links lead to is bounded together.
  for (const item of content) {
    const block = readBlock(item);
    blocks.push("link" in block ? await options.follow(block.link) : block.values);
  }
  const values = blocks.flat();
  if (result["isError"] === true) return { error: textOf(values) };
  const marks = fieldOf(result["_meta"], mediaMark);
  const structured = structuredContent === undefined ? undefined : placeMedia(structuredContent, blocks, marks);
  const isWrapped = options.isWrapped || fieldOf(result["_meta"], wrappedMark) === true;
  if (structured !== undefined) {
    const value = isWrapped ? unwrapped(structured) : structured;
    const media = options.hasOutputSchema || marks !== undefined ? [] : values.filter(isMediaRef);
    return { value: media.length > 0 ? [value, ...media] : value };
  }
  if (!options.hasOutputSchema) return { value: plainValue(values) };
  // Some servers write what they declare as text alone. Whether it fits is checked like any other result.
  const text = values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
  const parsed = text === undefined ? undefined : parseJson(text);
  return { value: parsed === undefined ? plainValue(values) : isWrapped ? unwrapped(parsed) : parsed };
}

function plainValue(values: readonly (string | MediaRef)[]): unknown {
  if (values.length === 0) return null;
  if (values.length === 1) return values[0];
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === values.length ? texts.join("\n") : values;
}

/** What stands in the one property of a wrapped result. */
function unwrapped(value: unknown): unknown {
  return isRecord(value) && Object.hasOwn(value, "result") ? value["result"] : value;
}

function textOf(values: readonly (string | MediaRef)[]): string {
  const text = values.filter((value) => typeof value === "string").join("\n");
  return text.trim() === "" ? "it does not say why" : text;
}
