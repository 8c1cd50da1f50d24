/** Longest path of a folder that is taken for one, in characters. */
const maxLength = 4096;

/** True for a text that names a folder or an archive on this machine. */
export function isFolderPath(text: string): boolean {
  return /^(?:file:|\.{1,2}(?:[/\\#]|$)|[/\\]|[A-Za-z]:[/\\])/.test(text);
}

/**
 * The path of a folder ref without its `file:`, as it was written. `file://` addresses, which percent-encode, are
 * decoded.
 *
 * @returns What is wrong, as an error, for an address of another machine.
 */
export function readFolderPath(text: string): { path: string } | { problem: string } {
  const path = text.replace(/^file:/, "");
  if (path === "") return { problem: "it names no folder" };
  if (path.length > maxLength) return { problem: `it is longer than ${maxLength} characters` };
  const address = text.startsWith("file://") ? /^\/\/([^/]*)(\/.*)$/s.exec(path) : null;
  if (!address) return text.startsWith("file://") ? { problem: "it names no folder" } : { path };
  const [, host = "", encoded = ""] = address;
  if (host !== "" && host !== "localhost") return { problem: `it is a folder of the machine "${host}"` };
  // An encoded slash would be a part of a name here, and a separator wherever the path is used.
  if (/%(?:2f|5c|00)/i.test(encoded)) return { problem: "it encodes a separator" };
  try {
    const decoded = decodeURIComponent(encoded);
    return { path: /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded };
  } catch {
    return { problem: "its path is not encoded as addresses are" };
  }
}
