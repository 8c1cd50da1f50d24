import type { RepoType } from "./ref.ts";

/** A ref with the one commit it stands for now. */
export interface ResolvedRef {
  repoType: RepoType;
  repo: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** The version, when the ref led to one. */
  version?: string;
  /** The tag or branch, when the ref led to one. */
  name?: string;
}
