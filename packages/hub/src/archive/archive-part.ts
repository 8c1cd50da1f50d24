/** A package in an archive. */
export interface ArchivePart {
  /** `owner/name`. */
  name: string;
  version: string;
  /** The file at its root that describes it: `tool.json` or `agent.json`. */
  manifestName: string;
  /** The files that the manifest lists, the manifest, and its signature where it names keys. */
  files: ReadonlyMap<string, Uint8Array>;
  /** The manifest's integrity. */
  integrity: string;
}

/** What is in an archive: a package, and those that it needs. */
export interface Archive {
  main: ArchivePart;
  dependencies: ArchivePart[];
}

/** `owner/name@version`. */
export function partId({ name, version }: Pick<ArchivePart, "name" | "version">): string {
  return `${name}@${version}`;
}
