/** Longest path of a file in a package, in bytes: what file systems allow for a single name. */
const maxPathBytes = 255;

/** Names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** The folder of a repository's own data, and the short name that Windows gives it. */
const gitFolder = /^(?:\.git|git~[0-9]+)$/i;

/**
 * Says what is wrong with the path of a file inside a package.
 *
 * A good path stays inside its folder on every file system: relative, with `/` between the segments, without `.`,
 * `..`, empty segments, `.git`, control and invisible characters, and without what only some systems can store.
 *
 * @param maxBytes - Longest path, in bytes.
 * @returns `undefined` for a safe path.
 */
export function pathProblem(path: string, maxBytes: number = maxPathBytes): string | undefined {
  if (path === "" || Buffer.byteLength(path) > maxBytes) return `it is empty or longer than ${maxBytes} bytes`;
  if (path.startsWith("/") || path.includes("\\") || /^[A-Za-z]:/.test(path))
    return "it is not relative, with / between the names";
  // Some file systems leave invisible characters (Cf) out of names, so that they hide "..", ".git" and twins.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/u.test(path))
    return "it holds characters that not every system can store";
  if (path !== path.normalize("NFC")) return "it is not in Unicode normal form C";
  for (const segment of path.split("/")) {
    if (segment === "") return "it has an empty name between two /";
    if (segment === "." || segment === "..") return `it holds "${segment}"`;
    if (gitFolder.test(segment)) return `"${segment}" is the folder of a git repository`;
    if (/[. ]$/.test(segment)) return "a name ends with a dot or a space";
    if (deviceName.test(segment)) return `"${segment}" is a device on Windows`;
  }
  return undefined;
}

/**
 * What a file system that is as forgiving as any makes of a path: two paths with one key cannot be stored beside each
 * other everywhere. Upper and lower case are the same, and so are characters that look alike by decomposition.
 */
export function pathKey(path: string): string {
  return path.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}
