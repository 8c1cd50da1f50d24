import { errorMessage } from "../../errors/error-message.ts";
import type { ModelReply } from "../../model/collect.ts";
import type { ObjectSchema } from "../../schema/json-schema.ts";
import { AgentError } from "../agent-error.ts";
import { throwIfIncomplete } from "../loop/incomplete-answer.ts";
import type { AnswerForm, LanguageProfile } from "./language.ts";
import { type CodeTags, findCode, noCodeError } from "./parse-code.ts";

/** How the code is to be found in answers. */
export interface CodeFormat {
  readonly form: AnswerForm;
  readonly language: LanguageProfile;
  readonly tags: CodeTags;
  /** Names of functions that the code can call. */
  readonly functions: readonly string[];
}

/** The JSON that a model writes in the structured form. */
export const structuredAnswer: { name: string; schema: ObjectSchema } = {
  name: "code_step",
  schema: {
    type: "object",
    properties: {
      thought: { type: "string", description: "What you do next and why." },
      code: { type: "string", description: "The code to run, without fences." },
    },
    required: ["thought", "code"],
    additionalProperties: false,
  },
};

/**
 * The code that a model's answer asks to run.
 *
 * Code that the length limit or a content filter cut off is never run: half a snippet can do harm that the whole would not.
 *
 * @throws AgentError `AGENT_CUT_OFF`, `AGENT_FILTERED`, `AGENT_BAD_JSON` or `AGENT_NO_CODE`, each with advice for the model.
 */
export function codeOfReply(reply: ModelReply, format: CodeFormat): string {
  const { language, tags } = format;
  if (format.form === "structured") return language.mend(codeOfJson(reply, format));
  const { code, open } = findCode(reply.text, language, tags, format.functions);
  const complete = code !== "" && !open;
  if (!complete) throwIfIncomplete(reply.finishReason);
  if (code === "") throw noCodeError(reply.text, language, tags);
  return language.mend(code);
}

function codeOfJson(reply: ModelReply, { language }: CodeFormat): string {
  let json: unknown;
  try {
    json = JSON.parse(reply.text);
  } catch (cause) {
    throwIfIncomplete(reply.finishReason);
    throw badJson(`Your answer is no JSON: ${errorMessage(cause)}`, cause);
  }
  const code: unknown = typeof json === "object" && json !== null && "code" in json ? json.code : undefined;
  if (typeof code === "string" && code.trim() !== "") return code;
  throw badJson(`Your answer has no "code" with ${language.title} in it`);
}

function badJson(problem: string, cause?: unknown): AgentError {
  return new AgentError(`${problem}. Answer with one JSON object: {"thought": "…", "code": "…"}.`, {
    code: "AGENT_BAD_JSON",
    cause,
  });
}
