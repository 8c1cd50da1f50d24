import type { CodeLanguage } from "@smoltools/core";

/** The sandboxes that can be had, by the last part of their import: `@smoltools/adapters/sandboxes/quickjs`. */
export type SandboxKind = "quickjs" | "process" | "python" | "docker" | "e2b" | "modal" | "blaxel";

/** What one kind of sandbox is on this machine. */
export interface SandboxAbility {
  kind: SandboxKind;
  /** The languages of code that it can run. */
  languages: readonly CodeLanguage[];
  /** Whether it can be had. Of a provider's machines: whether library and key are here; they are not asked. */
  available: boolean;
  /** What it is made of here, with versions; for keys the name of the variable or file, never the value. */
  found: Readonly<Record<string, string>>;
  /** Why it cannot be had, and what to install or set. */
  problem?: string;
}

/** What was found out about one kind. */
export interface Finding {
  found: Record<string, string | undefined>;
  problem?: string | undefined;
}

/** Finds out about one kind of sandbox. */
export interface SandboxProbe {
  kind: SandboxKind;
  languages: readonly CodeLanguage[];
  examine(environment: Environment): Promise<Finding>;
}

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;
