/** What a tool asks for beyond computing, as its `@permission` tags say. Everything else is denied. */
export interface ToolPermissions {
  /** Hosts it sends requests to: `api.example.com`, `api.example.com:8443`, `*.example.com`. */
  net: string[];
  /** Environment variables it reads. */
  env: string[];
  /** Paths it reads. */
  read: string[];
  /** Paths it writes. */
  write: string[];
  /** Programs it starts. */
  run: string[];
}

/** The kinds of permissions. */
export const permissionKinds: readonly (keyof ToolPermissions)[] = ["net", "env", "read", "write", "run"];

/** Nothing asked for. */
export function noPermissions(): ToolPermissions {
  return { net: [], env: [], read: [], write: [], run: [] };
}

/**
 * Adds what a `@permission` tag declares: a kind, then one or more values; what stands behind ` - ` is a remark.
 *
 * @returns What is wrong with the tag, and nothing was added; `undefined` when it is well formed.
 */
export function addPermissions(permissions: ToolPermissions, text: string): string | undefined {
  const [declared = ""] = text.split(/\s-\s/);
  const [word = "", ...values] = declared.split(/[\s,]+/).filter(Boolean);
  const kind = permissionKinds.find((kind) => kind === word);
  if (!kind) return `"${word}" is no kind of permission: the kinds are ${permissionKinds.join(", ")}`;
  if (values.length === 0) return `it does not say which: write "@permission ${kind}" and a value`;
  permissions[kind] = [...new Set([...permissions[kind], ...values])].sort();
  return undefined;
}

/** What either asks for. */
export function joinPermissions(a: ToolPermissions, b: ToolPermissions): ToolPermissions {
  const join = (kind: keyof ToolPermissions) => [...new Set([...a[kind], ...b[kind]])].sort();
  return { net: join("net"), env: join("env"), read: join("read"), write: join("write"), run: join("run") };
}
