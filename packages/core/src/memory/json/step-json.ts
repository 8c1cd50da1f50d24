import { ActionStep } from "../action-step.ts";
import { PlanningStep } from "../planning-step.ts";
import type { RecordedCall } from "../recorded-call.ts";
import type { ImagePart } from "../../messages/message.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import type { MemoryStep, StepError } from "../step.ts";
import { SummaryStep } from "../summary-step.ts";
import { SystemPromptStep } from "../system-prompt-step.ts";
import { TaskStep } from "../task-step.ts";
import { MemoryError } from "../memory-error.ts";
import { decodeValue, encodeValue } from "./encode-value.ts";
import type { ActionJson, CallJson, PlanningJson, StepJson, SummaryJson, TimedJson } from "./memory-json.ts";

/** Runs of managed agents within each other that an export holds: with their values they can be imported again. */
const maxRuns = 10;

/**
 * Steps as JSON.
 *
 * @param path - Where the list is, for errors.
 * @param runs - How many runs of managed agents it is within.
 * @throws MemoryError `MEMORY_NOT_SERIALIZABLE`.
 */
export function stepsToJson(steps: readonly MemoryStep[], path: string, runs = 0): StepJson[] {
  if (runs > maxRuns) throw notSerializable(path, `within more than ${maxRuns} runs of managed agents`);
  return steps.map((step, index) => stepToJson(step, `${path}/${index}`, steps, runs));
}

function stepToJson(step: MemoryStep, path: string, steps: readonly MemoryStep[], runs: number): StepJson {
  if (step instanceof ActionStep) return actionToJson(step, path, runs);
  if (step instanceof PlanningStep) {
    const { beforeStep, plan, reasoning, error } = step;
    return {
      kind: "planning",
      beforeStep,
      ...timed(step),
      ...defined({ plan, reasoning, error: error && errorToJson(error) }),
    };
  }
  if (step instanceof SummaryStep) {
    return { kind: "summary", covers: step.coversOf(steps), text: step.text, ...timed(step) };
  }
  if (step instanceof TaskStep) {
    return {
      kind: "task",
      task: step.task,
      ...filled({ images: step.images.map(imageToJson), notes: [...step.notes] }),
    };
  }
  if (step instanceof SystemPromptStep) return { kind: "system-prompt", text: step.text };
  throw notSerializable(path, `a step of the kind "${step.kind}" that is of no class of smoltools`);
}

/** The step that was exported. The JSON has been checked, and becomes a part of the step. */
export function stepFromJson(json: StepJson): MemoryStep {
  switch (json.kind) {
    case "system-prompt":
      return new SystemPromptStep(json.text);
    case "task":
      return new TaskStep(json.task, json.images, json.notes);
    case "planning":
      return planningFromJson(json);
    case "summary":
      return summaryFromJson(json);
    case "action":
      return actionFromJson(json);
  }
}

function actionToJson(step: ActionStep, path: string, runs: number): ActionJson {
  const { number, modelDurationMs, modelOutput, reasoning, code, observation, error, finalAnswer } = step;
  return {
    kind: "action",
    number,
    modelDurationMs,
    ...timed(step),
    ...defined({ modelOutput, reasoning, code, observation, error: error && errorToJson(error) }),
    ...filled({
      modelCalls: step.modelCalls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
      answers: step.answers.map(({ text, isError }) => ({ text, isError })),
      images: step.images.map(imageToJson),
      toolCalls: step.toolCalls.map((call, index) => callToJson(call, `${path}/toolCalls/${index}`, runs)),
    }),
    ...(finalAnswer && { finalAnswer: { value: encodeValue(finalAnswer.value, `${path}/finalAnswer`) } }),
  };
}

function actionFromJson(json: ActionJson): ActionStep {
  const { number, startedAt, toolCalls = [], finalAnswer, ...rest } = json;
  const step = Object.assign(new ActionStep(number, startedAt), defined(rest));
  step.toolCalls = toolCalls.map(callFromJson);
  if (finalAnswer) step.finalAnswer = { value: decodeValue(finalAnswer.value) };
  return step;
}

function planningFromJson({ beforeStep, startedAt, ...rest }: PlanningJson): PlanningStep {
  return Object.assign(new PlanningStep(beforeStep, startedAt), rest);
}

function summaryFromJson({ covers, text, startedAt, ...rest }: SummaryJson): SummaryStep {
  return Object.assign(new SummaryStep(covers, text, startedAt), rest);
}

function callToJson(call: RecordedCall, path: string, runs: number): CallJson {
  const { id, tool, durationMs, error, run } = call;
  return {
    id,
    tool,
    input: encodeValue(call.input, `${path}/input`),
    durationMs,
    ...defined({ error }),
    ...(run && {
      run: {
        agent: run.agent,
        steps: stepsToJson(run.steps, `${path}/run/steps`, runs + 1),
        ...defined({ usage: usageToJson(run.usage) }),
      },
    }),
  };
}

function callFromJson({ input, run, ...rest }: CallJson): RecordedCall {
  return {
    ...rest,
    input: decodeValue(input),
    ...(run && { run: { ...run, steps: run.steps.map(stepFromJson) } }),
  };
}

function timed({ startedAt, durationMs, modelId, usage }: Timed): TimedJson {
  return { startedAt, durationMs, ...defined({ modelId, usage: usageToJson(usage) }) };
}

// What a provider or a caller put there besides is left out: an import knows nothing of it.

function usageToJson(usage: TokenUsage | undefined): TokenUsage | undefined {
  return usage && { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens };
}

function errorToJson({ code, message, endedRun }: StepError): StepError {
  return { code, message, endedRun };
}

function imageToJson({ mediaType, data, url }: ImagePart): ImagePart {
  return { type: "image", mediaType, ...defined({ data, url }) };
}

function notSerializable(path: string, what: string): MemoryError {
  return new MemoryError(`The memory cannot be exported: ${path} is ${what}`, {
    code: "MEMORY_NOT_SERIALIZABLE",
    data: { path },
  });
}

interface Timed {
  startedAt: number;
  durationMs: number;
  modelId: string | undefined;
  usage: TimedJson["usage"];
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that have a value. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}

/** The lists that hold something. */
function filled<Fields extends Record<string, unknown[]>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, list]) => list.length > 0)) as Partial<Fields>;
}
