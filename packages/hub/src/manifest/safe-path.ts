/** Longest path of a file in a package, in characters. */
const maxLength = 255;

/** Names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * Says what is wrong with the path of a file inside a package.
 *
 * A good path stays inside its folder on every file system: relative, with `/` between the segments, without `.`,
 * `..`, empty segments, `.git`, control characters, and without what only some systems can store.
 *
 * @returns `undefined` for a safe path.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "" || path.length > maxLength) return `it is empty or longer than ${maxLength} characters`;
  if (path.startsWith("/") || path.includes("\\") || /^[A-Za-z]:/.test(path))
    return "it is not relative, with / between the names";
  if (/[\p{Cc}<>:"|?*]/u.test(path)) return "it holds characters that not every system can store";
  if (path !== path.normalize("NFC")) return "it is not in Unicode normal form C";
  for (const segment of path.split("/")) {
    if (segment === "") return "it has an empty name between two /";
    if (segment === "." || segment === "..") return `it holds "${segment}"`;
    if (segment.toLowerCase() === ".git") return 'it holds ".git"';
    if (/[. ]$/.test(segment)) return "a name ends with a dot or a space";
    if (deviceName.test(segment)) return `"${segment}" is a device on Windows`;
  }
  return undefined;
}
