/** Where a tool came from. */
export type ToolOrigin =
  | { kind: "local" }
  /** A package of a hub, pinned: `version` is absent when a branch or commit was named instead of a version. */
  | {
      kind: "hub";
      hub: string;
      ref: string;
      repo: string;
      version?: string;
      commit: string;
      integrity: string;
    }
  /** A package folder on this machine. */
  | { kind: "folder"; path: string; integrity?: string }
  | { kind: "mcp"; server: string }
  | { kind: "space"; space: string; endpoint: string }
  | { kind: "langchain" }
  | { kind: "ai-sdk" }
  | { kind: "openapi"; document: string };
