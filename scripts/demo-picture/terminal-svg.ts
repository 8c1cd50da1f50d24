/** A line that a program printed, and when. */
export interface PrintedLine {
  text: string;
  /** Since the start; ms. */
  atMs: number;
}

const fontSize = 13;
const lineHeight = 19;
const padding = 16;
/** Width of a character of a monospace font, as a part of its size. */
const characterWidth = 0.602;
/** Longest pause between two lines: nobody wants to wait as long as a slow machine did. */
const longestPauseMs = 900;

/** A terminal in which lines appear one after another, as a picture. Where pictures do not move, all lines are there. */
export function terminalSvg(lines: readonly PrintedLine[], title: string): string {
  const columns = Math.max(...lines.map(({ text }) => text.length));
  const width = Math.ceil(columns * fontSize * characterWidth) + 2 * padding;
  const height = lines.length * lineHeight + 2 * padding;
  let clock = 0;
  const texts = lines.map(({ text, atMs }, index) => {
    clock += Math.min(atMs - (lines[index - 1]?.atMs ?? 0), longestPauseMs);
    const y = padding + (index + 0.75) * lineHeight;
    return text === ""
      ? ""
      : `<text class="${kindOf(text)}" x="${padding}" y="${y}" style="animation-delay:${Math.round(clock)}ms">${escaped(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>
rect { fill: #0f1419; }
text { font: ${fontSize}px ui-monospace, Menlo, Consolas, monospace; white-space: pre; fill: #b8c0c8; animation: show 1ms both; }
.stage { fill: #ffffff; font-weight: bold; }
.command { fill: #7fd1b9; }
.done { fill: #ffd479; }
@keyframes show { from { opacity: 0; } to { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { text { animation: none; } }
</style>
<rect width="${width}" height="${height}" rx="8"/>
${texts.filter((text) => text !== "").join("\n")}
</svg>
`;
}

function kindOf(text: string): "stage" | "command" | "done" | "output" {
  if (/^\s*\$ /.test(text)) return "command";
  if (/^\s+checked:/.test(text)) return "done";
  return text.startsWith(" ") ? "output" : "stage";
}

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}
