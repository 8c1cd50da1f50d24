import type { Author, Commit } from "../../hub-storage.ts";

/** One entry of a tree object. */
export interface TreeEntry {
  /** Six octal digits, such as `100644`. */
  mode: string;
  /** The name of the file or folder. */
  path: string;
  oid: string;
  /** `commit` stands for a submodule. */
  type: "blob" | "tree" | "commit";
}

/** Where a commit or a tag ends its fields and begins its message. */
const messageStart = "\n\n";

/** Reads the content of a commit object. */
export function parseCommit(oid: string, content: Buffer): Commit {
  const text = content.toString("utf8");
  const end = text.indexOf(messageStart);
  const head = (end < 0 ? text : text.slice(0, end)).split("\n");
  const message = end < 0 ? "" : text.slice(end + messageStart.length).trimEnd();
  const [title = ""] = message.split("\n", 1);
  const { author, timestamp } = parsePerson(field(head, "committer"));
  return {
    oid,
    tree: field(head, "tree"),
    parents: head.filter((line) => line.startsWith("parent ")).map((line) => line.slice("parent ".length)),
    author: parsePerson(field(head, "author") || `${author.name} <${author.email}> ${timestamp} +0000`).author,
    committedAt: timestamp * 1000,
    title,
    body: message.slice(title.length).trim(),
  };
}

/** Reads the content of an annotated tag: what it points at. */
export function parseTag(content: Buffer): { object: string; type: string } {
  const head = content.toString("utf8").split("\n");
  return { object: field(head, "object"), type: field(head, "type") };
}

/** Reads the content of a tree object: its entries, in git's order. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0) break;
    const mode = content.toString("latin1", at, space).padStart(6, "0");
    const path = content.toString("utf8", space + 1, end);
    entries.push({ mode, path, oid: content.toString("hex", end + 1, end + 21), type: entryType(mode) });
    at = end + 21;
  }
  return entries;
}

function entryType(mode: string): TreeEntry["type"] {
  if (mode === "040000") return "tree";
  return mode === "160000" ? "commit" : "blob";
}

function field(head: readonly string[], name: string): string {
  return head.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? "";
}

/** `name <email> seconds offset`. */
function parsePerson(text: string): { author: Author; timestamp: number } {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<([^>]*)>(?: (-?\d+) [+-]\d{4})?$/.exec(text) ?? [];
  return { author: { name, email }, timestamp: Number(seconds) };
}
