import { dirname, join, resolve } from "node:path";
import { UsageError } from "../cli/errors/usage-error.ts";
import { readIfThere } from "../shared/read-if-there.ts";
import { changelogSection } from "./changelog-section.ts";

/** Longest notes that a manifest takes, in characters. */
const maxLength = 20_000;

/** Where notes come from: the command line, a file, or the changelog beside the source. */
export interface NotesOptions {
  text?: string | undefined;
  file?: string | undefined;
}

/**
 * What a version brings: the text that was given, or that of the file, or the version's section of `CHANGELOG.md` beside
 * the source file or, for a source in `src`, in the folder above.
 *
 * @returns `undefined` when nobody said anything.
 * @throws UsageError for both a text and a file, a file that cannot be read, and notes that are too long.
 */
export async function releaseNotes(
  sourceFile: string,
  version: string,
  { text, file }: NotesOptions,
): Promise<string | undefined> {
  if (text !== undefined && file !== undefined) throw new UsageError("Give --notes or --notes-file, not both");
  if (text !== undefined) return checked(text, "--notes");
  if (file !== undefined) {
    const notes = await readIfThere(file);
    if (notes === undefined) throw new UsageError(`There is no file ${file}`);
    return checked(notes, file);
  }
  const folder = dirname(resolve(sourceFile));
  for (const place of folder.endsWith("src") ? [folder, dirname(folder)] : [folder]) {
    const changelog = await readIfThere(join(place, "CHANGELOG.md"));
    if (changelog === undefined) continue;
    const section = changelogSection(changelog, version);
    return section === undefined ? undefined : checked(section, `CHANGELOG.md on ${version}`);
  }
  return undefined;
}

function checked(notes: string, source: string): string {
  if (notes.length <= maxLength) return notes;
  throw new UsageError(`The notes in ${source} have ${notes.length} characters, ${maxLength} are allowed`);
}
