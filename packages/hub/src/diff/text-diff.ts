/** How the text of one file changed. */
export type TextDiff =
  /** A unified diff, as `patch` and `git apply` take it. */
  | { path: string; patch: string }
  /** Why there is none. */
  | { path: string; omitted: "binary" | "too large" | "rewritten" };

/** Limits of a text diff. */
export interface TextDiffLimits {
  /** Largest file that is compared, in bytes. @default 262_144 */
  maxFileBytes: number;
  /** Most lines that may differ. The work grows with its square: 1,000 take about 0.1 s. @default 1000 */
  maxEdits: number;
}

export const textDiffLimits: Readonly<TextDiffLimits> = Object.freeze({ maxFileBytes: 256 * 1024, maxEdits: 1000 });

/**
 * Compares the text of a file in two versions.
 *
 * @param before - `undefined` where the version before has no such file.
 * @param after - `undefined` where the version after has no such file.
 */
export async function textDiff(
  path: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  { maxFileBytes, maxEdits }: TextDiffLimits = textDiffLimits,
): Promise<TextDiff> {
  if (Math.max(before?.byteLength ?? 0, after?.byteLength ?? 0) > maxFileBytes) return { path, omitted: "too large" };
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined) return { path, omitted: "binary" };
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const patch = createTwoFilesPatch(
    before ? `a/${path}` : "/dev/null",
    after ? `b/${path}` : "/dev/null",
    old,
    now,
    undefined,
    undefined,
    { context: 3, maxEditLength: maxEdits, headerOptions: FILE_HEADERS_ONLY },
  );
  return patch === undefined ? { path, omitted: "rewritten" } : { path, patch };
}

function textOf(bytes: Uint8Array = new Uint8Array()): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
