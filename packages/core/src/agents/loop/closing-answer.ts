import type { ActionStep } from "../../memory/action-step.ts";
import { textMessage } from "../../messages/message.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { typeText } from "../../schema/typescript/type-text.ts";
import { SchemaValidator } from "../../schema/validation/schema-validator.ts";
import type { AgentEvent } from "../events.ts";
import { askModel } from "./ask-model.ts";
import { conversation, type RunContext } from "./run-context.ts";

/**
 * Asks the model for its answer when the work has to end.
 *
 * Where the answer has a schema the model is asked for JSON, and that is the answer if it fits; otherwise the answer is
 * the model's text. Nothing is refused here: there is no further step to mend it in.
 */
export async function* closingAnswer(
  context: RunContext,
  step: ActionStep,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { run, model, prompts, task, parameters, answerSchema } = context;
  // As text: some providers take no native calls in a conversation to which no tools belong.
  const history = conversation(context, { callsAsText: true }).filter((message) => message.role !== "system");
  const form =
    answerSchema === undefined ? "" : `\n\nAnswer with JSON of this type and nothing else:\n${typeText(answerSchema)}`;
  const messages = [
    textMessage("system", prompts.finalAnswerBefore({})),
    ...history,
    textMessage("user", prompts.finalAnswerAfter({ task }) + form),
  ];
  const request = { ...parameters, messages };
  const question = { model, request, purpose: "final-answer", number: step.number, signal: run.signal, step } as const;
  const reply = yield* askModel(run, question);
  step.modelOutput = reply.text;
  if (reply.reasoning !== "") step.reasoning = reply.reasoning;
  const text = reply.text.trim();
  step.finalAnswer = { value: answerSchema === undefined ? text : (fittingJson(text, answerSchema)?.value ?? text) };
}

/** The JSON in a text, which may stand in a fence, if it fits. */
function fittingJson(text: string, schema: JsonSchema): { value: unknown } | undefined {
  const inner = /^```\w*\n([\s\S]*)\n```$/.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(inner);
    return new SchemaValidator(schema).findings(value).length === 0 ? { value } : undefined;
  } catch {
    return undefined;
  }
}
