import { SmoltoolsError } from "@smoltools/core";

/** Libraries that are only needed for some work, and what they are needed for. */
export const optionalLibraries = {
  esbuild: "bundling a tool package",
} as const;

/** A library that is not installed. */
export class MissingLibraryError extends SmoltoolsError<"LIBRARY_MISSING", { library: string }> {}

/**
 * Imports an optional library.
 *
 * @param name - Its name in {@link optionalLibraries}.
 * @param load - `() => import(name)`, written out where it is used so that bundlers and types see it.
 * @throws MissingLibraryError that says what to install.
 */
export async function importOptional<T>(name: keyof typeof optionalLibraries, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new MissingLibraryError(
      `${optionalLibraries[name]} needs the package ${name}: install it (npm install ${name})`,
      {
        code: "LIBRARY_MISSING",
        data: { library: name },
        cause,
      },
    );
  }
}
