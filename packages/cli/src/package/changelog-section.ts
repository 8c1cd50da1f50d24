/**
 * The part of a changelog that is about one version: what stands below a heading such as `## 1.2.0`, `## [1.2.0] - 2026-11-21`
 * or `### v1.2.0 (November)`, up to the next heading of the same or a higher level.
 *
 * @param text - Markdown.
 * @returns `undefined` when the version is not in it, or nothing is said about it.
 */
export function changelogSection(text: string, version: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => headingOf(line)?.version === version);
  const level = headingOf(lines[start] ?? "")?.level;
  if (level === undefined) return undefined;
  const rest = lines.slice(start + 1);
  const section: string[] = [];
  let fence: string | undefined;
  for (const line of rest) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]?.slice(0, 3);
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    const next = fence === undefined ? /^(#{1,6})\s/.exec(line)?.[1]?.length : undefined;
    if (next !== undefined && next <= level) break;
    section.push(line);
  }
  const said = section.join("\n").trim();
  return said === "" ? undefined : said;
}

function headingOf(line: string): { level: number; version: string } | undefined {
  const match = /^(#{1,6})\s+(?:version\s+)?\[?v?(\d+\.\d+\.\d+[-+.\w]*)\]?(?:[\s(:,–—-]|$)/i.exec(line);
  return match ? { level: match[1]?.length ?? 0, version: match[2] ?? "" } : undefined;
}
