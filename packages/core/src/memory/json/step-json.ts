import { ActionStep } from "../action-step.ts";
import { PlanningStep } from "../planning-step.ts";
import type { RecordedCall } from "../recorded-call.ts";
import type { MemoryStep } from "../step.ts";
import { SummaryStep } from "../summary-step.ts";
import { SystemPromptStep } from "../system-prompt-step.ts";
import { TaskStep } from "../task-step.ts";
import { decodeValue, encodeValue } from "./encode-value.ts";
import type { ActionJson, CallJson, PlanningJson, StepJson, SummaryJson, TimedJson } from "./memory-json.ts";

/**
 * A step as JSON.
 *
 * @param path - Where the step is, for errors.
 * @throws MemoryError `MEMORY_NOT_SERIALIZABLE`.
 */
export function stepToJson(step: MemoryStep, path: string): StepJson {
  if (step instanceof ActionStep) return actionToJson(step, path);
  if (step instanceof PlanningStep) {
    const { beforeStep, plan, reasoning, error } = step;
    return { kind: "planning", beforeStep, ...timed(step), ...defined({ plan, reasoning, error }) };
  }
  if (step instanceof SummaryStep) {
    return { kind: "summary", covers: step.covers, text: step.text, ...timed(step) };
  }
  if (step instanceof TaskStep) {
    return { kind: "task", task: step.task, ...filled({ images: [...step.images], notes: [...step.notes] }) };
  }
  if (step instanceof SystemPromptStep) return { kind: "system-prompt", text: step.text };
  throw new TypeError(`${path}: a step of the unknown kind "${step.kind}"`);
}

/** The step that was exported. The JSON has been checked. */
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

function actionToJson(step: ActionStep, path: string): ActionJson {
  const { number, modelDurationMs, modelOutput, reasoning, code, observation, error, finalAnswer } = step;
  return {
    kind: "action",
    number,
    modelDurationMs,
    ...timed(step),
    ...defined({ modelOutput, reasoning, code, observation, error: error && { ...error } }),
    ...filled({
      modelCalls: [...step.modelCalls],
      answers: step.answers.map((answer) => ({ ...answer })),
      images: [...step.images],
      toolCalls: step.toolCalls.map((call, index) => callToJson(call, `${path}/toolCalls/${index}`)),
    }),
    ...(finalAnswer && { finalAnswer: { value: encodeValue(finalAnswer.value, `${path}/finalAnswer`) } }),
  };
}

function actionFromJson(json: ActionJson): ActionStep {
  const { number, startedAt, toolCalls = [], finalAnswer, ...rest } = json;
  const step = Object.assign(new ActionStep(number, startedAt), structuredClone(defined(rest)));
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

function callToJson(call: RecordedCall, path: string): CallJson {
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
        steps: run.steps.map((step, index) => stepToJson(step, `${path}/run/steps/${index}`)),
        ...defined({ usage: run.usage }),
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
  return { startedAt, durationMs, ...defined({ modelId, usage }) };
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
