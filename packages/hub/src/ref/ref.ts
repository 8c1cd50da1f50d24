/** The repo types of the Hugging Face Hub that can hold packages. */
export type RepoType = "space" | "model" | "dataset";

/** A package on a hub. */
export interface HubRef {
  kind: "hub";
  repoType: RepoType;
  /** `owner/name`. */
  repo: string;
  /** What stood behind `@`: a version range, a tag, a branch or a 40-digit commit. Absent: the newest version. */
  revision?: string;
  /** The tool of the package, behind `#`. */
  tool?: string;
}

/** A package on this machine: its folder, or an archive of it. */
export interface FolderRef {
  kind: "folder";
  /** As written, without `file:`. One that ends with `.tgz` is an archive. */
  path: string;
  tool?: string;
}

/** Where a package is. */
export type Ref = HubRef | FolderRef;

/** The text of a ref, in its shortest form. */
export function formatRef(ref: Ref): string {
  const tool = ref.tool === undefined ? "" : `#${ref.tool}`;
  // Two slashes behind file: would begin the name of a machine.
  if (ref.kind === "folder") return `${ref.path.startsWith("//") ? "" : "file:"}${ref.path}${tool}`;
  const prefix = ref.repoType === "space" ? "" : `${ref.repoType}s/`;
  const revision = ref.revision === undefined ? "" : `@${ref.revision}`;
  return `${prefix}${ref.repo}${revision}${tool}`;
}
