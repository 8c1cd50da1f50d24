/** What a server calls itself, as it can stand in a manifest. */
export function serverName(info: unknown, otherwise = "unnamed"): { name: string; version: string } {
  return { name: textOf(info, "name") || otherwise, version: textOf(info, "version") };
}

/** A text of a server's, in one line and without what is invisible; empty where there is none. */
function textOf(value: unknown, name: string): string {
  const text: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return typeof text === "string" ? text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, " ").slice(0, 100) : "";
}
