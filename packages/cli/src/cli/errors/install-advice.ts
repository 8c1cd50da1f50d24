import { isSmoltoolsError, type SmoltoolsError } from "@smoltools/core";

/** Most causes of an error that are looked at. */
const maxDepth = 8;

/**
 * Where to install a library that is missing: it is looked for from where smoltools itself is installed, and not from
 * the folder in which the command is run.
 *
 * @param error - Its causes are looked at too.
 * @param module - Path of a module of this program.
 * @returns `undefined` for another error, and where smoltools is not installed but runs from its sources.
 */
export function installAdvice(error: unknown, module: string): string | undefined {
  const name = missingPackage(error);
  const folder = installFolder(module);
  if (name === undefined || folder === undefined) return undefined;
  return `smoltools runs from ${folder}: ${installLine(folder, module, name)}`;
}

/** The folder that a program was installed in: that above the outermost `node_modules`. */
function installFolder(module: string): string | undefined {
  const [, folder] = /^(.*?)[/\\]node_modules[/\\]/s.exec(module) ?? [];
  return folder === "" ? "/" : folder;
}

function installLine(folder: string, module: string, name: string): string {
  // npm runs such a folder again only for the same packages.
  if (/[/\\]_npx[/\\][^/\\]+$/.test(folder)) return `npx --package @smoltools/cli --package ${name} smoltools …`;
  if (/[/\\]node_modules[/\\]\.pnpm[/\\]/.test(module)) return `pnpm --dir ${quoted(folder)} add ${name}`;
  // `lib` of a prefix, and what npm has for its own on Windows.
  if (/(?:[/\\]lib|[/\\]AppData[/\\]Roaming[/\\]npm)$/.test(folder)) return `npm install --global ${name}`;
  return `npm install --prefix ${quoted(folder)} ${name}`;
}

/** As shells of all systems take it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`;
}

/** The library that an error, or one that led to it, says is missing. Of several that will do, the first. */
function missingPackage(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < maxDepth; cause = cause.cause, depth++) {
    if (isSmoltoolsError(cause, "ADAPTER_PEER_MISSING")) return firstOf(cause, "packageName");
    if (isSmoltoolsError(cause, "LIBRARY_MISSING")) return firstOf(cause, "library");
  }
  return undefined;
}

function firstOf({ data }: SmoltoolsError, key: string): string | undefined {
  const names: unknown = Reflect.get(data, key);
  return typeof names === "string" ? names.split(" or ")[0] : undefined;
}
