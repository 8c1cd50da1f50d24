import { AgentError } from "../agent-error.ts";
import type { LanguageProfile } from "./language.ts";

/** What stands before and after code in an answer. The closing one is also a stop text. */
export interface CodeTags {
  readonly open: string;
  readonly close: string;
}

/** The tags where none are given. */
export const defaultCodeTags: CodeTags = { open: "<code>", close: "</code>" };

/** Code found in an answer. */
export interface FoundCode {
  /** All blocks, joined by an empty line; empty when there is none. */
  code: string;
  /** The last block has no end: the model stopped at the closing tag, forgot it, or was cut off. */
  open: boolean;
}

/**
 * Finds the code in a model's answer: all blocks between the tags, else all fenced blocks, else the whole answer when
 * it is plainly nothing but code.
 *
 * @param functions - Names of functions of which code would call one.
 */
export function findCode(
  answer: string,
  language: LanguageProfile,
  tags: CodeTags = defaultCodeTags,
  functions: readonly string[] = [],
): FoundCode {
  const { blocks, open } = taggedBlocks(answer, tags) ?? fencedBlocks(answer, language);
  const code = blocks.map(withoutFence).join("\n\n");
  if (code.trim() !== "") return { code, open };
  return isBareCode(answer, [language.finalAnswer, ...functions]) ? { code: answer.trim(), open } : { code: "", open };
}

/** The answer with its code closed, as the model shall see it again: the stop text is not part of an answer. */
export function withClosingTag(answer: string, tags: CodeTags): string {
  const tagged = taggedBlocks(answer, tags);
  return tagged?.open ? `${answer.trimEnd()}\n${tags.close}` : answer;
}

/** For an answer without code, with advice for the model. */
export function noCodeError(answer: string, { finalAnswer, example }: LanguageProfile, tags: CodeTags): AgentError {
  const hint = /final[\s_]*answer/i.test(answer)
    ? ` To give the final answer, call ${finalAnswer}(value) inside the code.`
    : "";
  return new AgentError(
    `Your answer holds no code. Write the code to run between ${tags.open} and ${tags.close}, like this:\n` +
      `Thought: what to do next\n${tags.open}\n${example}\n${tags.close}${hint}`,
    { code: "AGENT_NO_CODE" },
  );
}

interface Blocks {
  blocks: string[];
  open: boolean;
}

function taggedBlocks(answer: string, tags: CodeTags): Blocks | undefined {
  const blocks: string[] = [];
  let open = false;
  let from = answer.indexOf(tags.open);
  while (from !== -1) {
    const start = from + tags.open.length;
    const end = answer.indexOf(tags.close, start);
    open = end === -1;
    blocks.push(trimLineBreaks(answer.slice(start, open ? undefined : end)));
    from = open ? -1 : answer.indexOf(tags.open, end + tags.close.length);
  }
  return blocks.length > 0 ? { blocks, open } : undefined;
}

/** A fence that was not closed before the model stopped still holds code. */
function fencedBlocks(answer: string, { fences }: LanguageProfile): Blocks {
  const blocks: string[] = [];
  // One pass: the answer of a model that repeats itself may hold very many fences and blanks.
  let lines: string[] | undefined;
  let word = "";
  const close = (): void => {
    if (lines && fences.includes(word)) blocks.push(trimLineBreaks(lines.join("\n")));
    lines = undefined;
  };
  for (const line of answer.split("\n")) {
    const mark = line.trim();
    if (lines && mark === "```") close();
    else if (lines) lines.push(line);
    else if (/^```[ \t]*\w*$/.test(mark)) {
      lines = [];
      word = mark.slice(3).trim().toLowerCase();
    }
  }
  const open = lines !== undefined;
  close();
  return { blocks, open };
}

/** Some models put a fence inside the tags. */
function withoutFence(block: string): string {
  const match = /^\s*```\w*[ \t]*\r?\n([\s\S]*?)(?:\r?\n[ \t]*```\s*)?$/.exec(block);
  return match?.[1] ?? block;
}

/** How a line of code begins that no sentence does: a word of the language, a comment, an assignment, a call. */
const statement =
  /^(?:(?:const|let|var|async|await|function|import|from|for|if|try|return|def|print)\b|\/\/|#|[\w$.]+\s*[=(])/;

/** An answer without any marks is code when it begins like a statement and calls a function that the model knows. */
function isBareCode(answer: string, functions: readonly string[]): boolean {
  const text = answer.trim();
  return statement.test(text) && functions.some((name) => text.includes(`${name}(`));
}

function trimLineBreaks(text: string): string {
  return text.replace(/^\s*\r?\n/, "").trimEnd();
}
