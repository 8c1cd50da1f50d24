import { sourceText } from "@smoltools/hub";
import type { Conversion } from "../conversion.ts";

/** Most tools that the README lists. */
const maxTools = 100;

/** The README of a converted project: what is in it, where it comes from, what it needs, how it is published. */
export function convertedReadme(
  { description, source, tools, permissions, dependencies = {}, needs = [] }: Conversion,
  name: string,
): string {
  const asked = [permissions, ...tools.flatMap((tool) => tool.permissions ?? [])];
  const hosts = distinct(asked.flatMap(({ net }) => net));
  const lines = [
    ...(hosts.length > 0 ? [`It sends requests to ${hosts.map(code).join(", ")}, and nowhere else.`] : []),
    // They name what the source says of itself, and a line break would begin another paragraph.
    ...needs.map((need) => need.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")),
  ];
  const listed = tools.slice(0, maxTools).map((tool) => `- ${code(tool.name)}: ${firstSentence(tool.description)}`);
  const more = tools.length > maxTools ? [`- and ${tools.length - maxTools} more`] : [];
  const install = Object.keys(dependencies).length > 0 ? "`npm install` installs what it imports. " : "";
  return `# ${name.split("/")[1] ?? name}

${plain(description)}

${[...listed, ...more].join("\n")}

## Where it comes from

Its tools were converted from ${plain(sourceText(source))} by \`smoltools convert\`. Their names, descriptions and schemas are those of that moment; \`smoltools convert … --update\` reads the source again and says what changed.
${lines.length > 0 ? `\n## What it needs\n\n${lines.map((line) => `- ${line}`).join("\n")}\n` : ""}
## Publishing it

${install}\`smoltools check\` tells what would keep it from being published, and \`smoltools push src/tools.js ${name}\` publishes it.
`;
}

function firstSentence(text: string): string {
  const line = plain(text);
  const sentence = /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
  return sentence.length > 160 ? `${sentence.slice(0, 159)}…` : sentence;
}

/** A text of somebody else's in one paragraph, in which nothing is a heading, a list, a link or HTML. */
function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll(/\s+/g, " ")}\``;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
