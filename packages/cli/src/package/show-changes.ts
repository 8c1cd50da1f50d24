import {
  type Compatibility,
  type FileChange,
  findingText,
  type PackageDiff,
  permissionsText,
  sourceText,
  type TextDiff,
} from "@smoltools/hub";
import { counted } from "../cli/output/counted.ts";
import type { Output } from "../cli/output/output.ts";
import { printable } from "../cli/output/printable.ts";

const marks = { new: "+", changed: "~", same: " ", removed: "-" } as const;
const colours = { new: "green", changed: "yellow", same: "dim", removed: "red" } as const;

/** Shows files, one a line: `~ src/weather.ts   1234  3f9c0a1b2d4e`. */
export function showFiles(out: Output, files: readonly FileChange[]): void {
  const width = Math.max(0, ...files.map(({ path }) => path.length));
  for (const { path, size, sha256, mark } of files) {
    const line = `${marks[mark]} ${printable(path).padEnd(width)} ${String(size).padStart(9)}  ${sha256.slice(0, 12)}`;
    out.line(out.style(colours[mark], line));
  }
}

/** Shows what changed of the declarations, the gravest first. */
export function showFindings(out: Output, before: string, { bump, findings }: Compatibility): void {
  out.line(findings.length === 0 ? `no changes since ${before}` : `changes since ${before} (${bump}):`);
  for (const finding of findings) {
    const colour = finding.bump === "major" ? "red" : finding.bump === "minor" ? "yellow" : "dim";
    out.line(out.style(colour, `  ${printable(findingText(finding))}`));
  }
}

/** Shows what else changed: permissions, what it runs in, notes, texts. */
export function showDiff(out: Output, diff: PackageDiff): void {
  const { added, removed } = diff.permissions;
  if (permissionsText(added) !== "none")
    out.line(out.style("red", `new permissions: ${printable(permissionsText(added))}`));
  if (permissionsText(removed) !== "none") out.line(`permissions gone: ${printable(permissionsText(removed))}`);
  if (diff.runtime) out.line(`runs in: ${diff.runtime.after ?? "?"} instead of ${diff.runtime.before ?? "?"}`);
  if (diff.source) {
    const [before, after] = [diff.source.before, diff.source.after].map((source) =>
      source ? printable(sourceText(source)) : "nothing",
    );
    const isState = before === after;
    out.line(isState ? `converted from another state of ${after}` : `converted from ${after} instead of ${before}`);
  }
  showNotes(out, diff.notes);
  for (const text of diff.texts) showText(out, text);
  if (diff.textsLeftOut > 0) out.line(`not shown: the texts of ${counted(diff.textsLeftOut, "more file")}`);
}

/** Shows what a version says that it brings. */
export function showNotes(out: Output, notes: string | undefined): void {
  if (notes === undefined) return;
  out.line("notes:");
  for (const line of printable(notes).split("\n")) out.line(`  ${line}`);
}

/** Shows how the text of a file changed, as a unified diff. */
export function showText(out: Output, text: TextDiff): void {
  out.line();
  if ("omitted" in text) return out.line(`${printable(text.path)}: not shown, ${reasons[text.omitted]}`);
  for (const line of printable(text.patch).trimEnd().split("\n")) {
    const colour = line.startsWith("+")
      ? "green"
      : line.startsWith("-")
        ? "red"
        : line.startsWith("@")
          ? "cyan"
          : undefined;
    out.line(colour === undefined ? line : out.style(colour, line));
  }
}

const reasons = {
  binary: "because it is no text",
  "too large": "because it is too large",
  rewritten: "because nearly all of it is different",
} as const;
