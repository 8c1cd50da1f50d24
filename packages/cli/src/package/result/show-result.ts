import { writeFile } from "node:fs/promises";
import { isMediaRef, literalText, type ToolDeclaration } from "@smoltools/core";
import type { Output } from "../../cli/output/output.ts";
import { showTable } from "../../cli/output/show-table.ts";
import { mediaResult, writeMedia } from "./media-file.ts";
import { readable } from "./readable.ts";

/** Where a result goes. */
export interface ResultPlace {
  /** The tool that gave it. */
  tool: ToolDeclaration;
  /** File for it, of `--out`. */
  path: string | undefined;
  signal: AbortSignal;
}

/**
 * Shows what a tool returned: a text as it is, records as a table, everything else as JSON. Bytes go into a file, which
 * is said; so does everything where a file is named.
 */
export async function showResult(out: Output, value: unknown, { tool, path, signal }: ResultPlace): Promise<void> {
  const media = await mediaResult(value, tool.outputSchema, signal);
  if (media && media.bytes === undefined) {
    out.line(media.url ?? "");
    return out.result(value);
  }
  if (media) {
    const file = await writeMedia(media, tool.name, path);
    const size = media.bytes?.byteLength ?? 0;
    out.line(`${out.style("green", "written")} ${file} (${media.mediaType}, ${size} bytes)`);
    return out.result({ file, mediaType: media.mediaType, size });
  }
  const plain = await withFiles(value, tool, signal);
  if (path !== undefined) {
    const text = typeof plain === "string" ? plain : `${JSON.stringify(plain ?? null, null, 2)}\n`;
    await writeFile(path, text);
    out.line(`${out.style("green", "written")} ${path} (${Buffer.byteLength(text)} bytes)`);
    return out.result({ file: path, size: Buffer.byteLength(text) });
  }
  showPlain(out, plain);
  out.result(plain ?? null);
}

function showPlain(out: Output, value: unknown): void {
  const shown = readable(value);
  if ("rows" in shown) return showTable(out, shown.rows, { head: shown.head });
  // Where a program reads, a text arrives as it is; a terminal is not commanded by what a tool says.
  if (!out.json && !out.isTerminal) return out.raw(shown.lines.map((line) => `${line}\n`).join(""));
  for (const line of shown.lines) out.line(literalText(line));
}

/** Media within a result are files of their own, and their names stand in their places. */
async function withFiles(value: unknown, tool: ToolDeclaration, signal: AbortSignal): Promise<unknown> {
  if (isMediaRef(value)) {
    const media = await mediaResult(value, undefined, signal);
    return media?.bytes
      ? { file: await writeMedia(media, tool.name, undefined), mediaType: media.mediaType }
      : value.toJSON();
  }
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value as readonly unknown[]) items.push(await withFiles(item, tool, signal));
    return items;
  }
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) members.push([key, await withFiles(member, tool, signal)]);
  return Object.fromEntries(members);
}
