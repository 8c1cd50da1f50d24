import { AgentError } from "./agent-error.ts";

/** The tags between which the model writes code. The closing one is also a stop text. */
export const codeTags = { open: "<code>", close: "</code>" } as const;

const fence = /^[ \t]*```[ \t]*(?:js|javascript|ts|typescript|mjs|tsx|jsx)?[ \t]*\r?\n([\s\S]*?)^[ \t]*```[ \t]*$/gim;

/** Code found in an answer. */
export interface FoundCode {
  /** All blocks, joined by an empty line; empty when there is none. */
  code: string;
  /** The last block has no end: the model stopped at the closing tag, forgot it, or was cut off. */
  open: boolean;
}

/** Finds the code in a model's answer: all blocks between the tags, else all fenced blocks. */
export function findCode(answer: string): FoundCode {
  const { blocks, open } = taggedBlocks(answer) ?? fencedBlocks(answer);
  const code = blocks.map(withoutFence).join("\n\n");
  return { code: code.trim() === "" ? "" : code, open };
}

/** The answer with its code closed, as the model shall see it again: the stop text is not part of an answer. */
export function withClosingTag(answer: string): string {
  const tagged = taggedBlocks(answer);
  return tagged?.open ? `${answer.trimEnd()}\n${codeTags.close}` : answer;
}

/**
 * The code in a model's answer.
 *
 * The last block may be open: the model stopped at the closing tag, or forgot it.
 *
 * @throws AgentError `AGENT_NO_CODE` with advice for the model when there is none.
 */
export function parseCode(answer: string): string {
  const { code } = findCode(answer);
  if (code !== "") return code;
  const hint = /final\s*answer/i.test(answer)
    ? " To give the final answer, call finalAnswer(value) inside the code."
    : "";
  throw new AgentError(
    `Your answer holds no code. Write the code to run between ${codeTags.open} and ${codeTags.close}, like this:\n` +
      `Thought: what to do next\n${codeTags.open}\nconst answer = 6 * 7;\nfinalAnswer(answer);\n${codeTags.close}${hint}`,
    { code: "AGENT_NO_CODE" },
  );
}

interface Blocks {
  blocks: string[];
  open: boolean;
}

function taggedBlocks(answer: string): Blocks | undefined {
  const blocks: string[] = [];
  let open = false;
  let from = answer.indexOf(codeTags.open);
  while (from !== -1) {
    const start = from + codeTags.open.length;
    const end = answer.indexOf(codeTags.close, start);
    open = end === -1;
    blocks.push(trimLineBreaks(answer.slice(start, open ? undefined : end)));
    from = open ? -1 : answer.indexOf(codeTags.open, end);
  }
  return blocks.length > 0 ? { blocks, open } : undefined;
}

function fencedBlocks(answer: string): Blocks {
  // A fence that was not closed before the model stopped still holds code.
  const open = (answer.match(/^[ \t]*```/gm)?.length ?? 0) % 2 === 1;
  const closed = open ? `${answer}\n\`\`\`` : answer;
  return { blocks: [...closed.matchAll(fence)].map((match) => trimLineBreaks(match[1] ?? "")), open };
}

/** Some models put a fence inside the tags. */
function withoutFence(block: string): string {
  const match = /^\s*```\w*[ \t]*\r?\n([\s\S]*?)(?:\r?\n[ \t]*```\s*)?$/.exec(block);
  return match?.[1] ?? block;
}

function trimLineBreaks(text: string): string {
  return text.replace(/^\s*\r?\n/, "").replace(/\s+$/, "");
}
