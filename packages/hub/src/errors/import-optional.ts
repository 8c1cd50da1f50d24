import { SmoltoolsError } from "@smoltools/core";

/** Libraries that are only needed for some work: the versions that fit, and what they are needed for. */
const optionalLibraries = {
  esbuild: { versions: ">=0.25.0", neededFor: "Bundling a tool package" },
} as const;

/** A library that is not installed. */
export class MissingLibraryError extends SmoltoolsError<"LIBRARY_MISSING", { library: string }> {}

/**
 * Imports an optional library.
 *
 * @param name - Its name on npm.
 * @param load - `() => import(name)`, written out where it is used so that bundlers and types see it.
 * @throws MissingLibraryError that says what to install. A library that is there and fails to load is another error: its
 *   own.
 */
export async function importOptional<T>(name: keyof typeof optionalLibraries, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    // The message names what is missing first, and then who asked for it.
    const { code } = cause as NodeJS.ErrnoException;
    const isMissing = code === "ERR_MODULE_NOT_FOUND" && String(cause).split("imported from")[0]?.includes(`'${name}'`);
    if (!isMissing) throw cause;
    const { versions, neededFor } = optionalLibraries[name];
    throw new MissingLibraryError(
      `${neededFor} needs the package ${name}. Install it: npm install "${name}@${versions}"`,
      {
        code: "LIBRARY_MISSING",
        data: { library: name },
        cause,
      },
    );
  }
}
