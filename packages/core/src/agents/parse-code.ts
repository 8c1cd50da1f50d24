import { AgentError } from "./agent-error.ts";

/** The tags between which the model writes code. The closing one is also a stop text. */
export const codeTags = { open: "<code>", close: "</code>" } as const;

const fence = /^[ \t]*```[ \t]*(?:js|javascript|ts|typescript|mjs|tsx|jsx)?[ \t]*\r?\n([\s\S]*?)^[ \t]*```[ \t]*$/gim;

/**
 * The code in a model's answer: all blocks between the tags, else all fenced blocks, joined by an empty line.
 *
 * The last block may be open: the model stopped at the closing tag, or forgot it.
 *
 * @throws AgentError `AGENT_NO_CODE` with advice for the model when there is none.
 */
export function parseCode(answer: string): string {
  const blocks = taggedBlocks(answer) ?? fencedBlocks(answer);
  const code = blocks.map(withoutFence).join("\n\n");
  if (code.trim() !== "") return code;
  const hint = /final\s*answer/i.test(answer)
    ? " To give the final answer, call finalAnswer(value) inside the code."
    : "";
  throw new AgentError(
    `Your answer holds no code. Write the code to run between ${codeTags.open} and ${codeTags.close}, like this:\n` +
      `Thought: what to do next\n${codeTags.open}\nconst answer = 6 * 7;\nfinalAnswer(answer);\n${codeTags.close}${hint}`,
    { code: "AGENT_NO_CODE" },
  );
}

function taggedBlocks(answer: string): string[] | undefined {
  const blocks: string[] = [];
  let from = answer.indexOf(codeTags.open);
  while (from !== -1) {
    const start = from + codeTags.open.length;
    const end = answer.indexOf(codeTags.close, start);
    blocks.push(trimLineBreaks(answer.slice(start, end === -1 ? undefined : end)));
    from = end === -1 ? -1 : answer.indexOf(codeTags.open, end);
  }
  return blocks.length > 0 ? blocks : undefined;
}

function fencedBlocks(answer: string): string[] {
  // A fence that was not closed before the model stopped still holds code.
  const closed = (answer.match(/^[ \t]*```/gm)?.length ?? 0) % 2 === 0 ? answer : `${answer}\n\`\`\``;
  return [...closed.matchAll(fence)].map((match) => trimLineBreaks(match[1] ?? ""));
}

/** Some models put a fence inside the tags. */
function withoutFence(block: string): string {
  const match = /^\s*```\w*[ \t]*\r?\n([\s\S]*?)(?:\r?\n[ \t]*```\s*)?$/.exec(block);
  return match?.[1] ?? block;
}

function trimLineBreaks(text: string): string {
  return text.replace(/^\s*\r?\n/, "").replace(/\s+$/, "");
}
