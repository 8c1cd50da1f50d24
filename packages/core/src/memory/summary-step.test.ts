import { describe, expect, it } from "vitest";
import { messageText } from "../messages/message.ts";
import { ActionStep } from "./action-step.ts";
import { Memory } from "./memory.ts";
import type { RecordedCall } from "./recorded-call.ts";
import type { MemoryStep } from "./step.ts";
import { SummaryStep } from "./summary-step.ts";
import { SystemPromptStep } from "./system-prompt-step.ts";
import { TaskStep } from "./task-step.ts";

function memoryOf(...steps: readonly MemoryStep[]): Memory {
  const memory = new Memory();
  for (const step of steps) memory.add(step);
  return memory;
}

const seen = (text: string): ActionStep => Object.assign(new ActionStep(1), { observation: text });
const texts = (memory: Memory): string[] => memory.toMessages().map(messageText);
const copyOf = (memory: Memory): Memory => Memory.fromJSON(JSON.parse(JSON.stringify(memory)));

const three = "Observation:\nthree";
const summary = "Summary of the work before, which is no longer shown:\nS";

describe("a summary covers the steps that it was made of", () => {
  const work = (): [Memory, ActionStep[]] => {
    const steps = [seen("one"), seen("two"), seen("three")];
    return [memoryOf(new TaskStep("Do."), ...steps, new SummaryStep(3, "S")), steps];
  };

  it.each<[string, (memory: Memory) => void, string[]]>([
    ["nothing moved", () => undefined, ["New task:\nDo.", summary, three]],
    ["a system prompt came", (memory) => memory.setSystemPrompt("P"), ["P", "New task:\nDo.", summary, three]],
    [
      "a system prompt came, and another one",
      (memory) => {
        memory.setSystemPrompt("P");
        memory.setSystemPrompt("Q");
      },
      ["Q", "New task:\nDo.", summary, three],
    ],
    ["a covered step was removed", (memory) => memory.steps.splice(1, 1), ["New task:\nDo.", summary, three]],
    ["the last covered step was removed", (memory) => memory.steps.splice(2, 1), ["New task:\nDo.", summary, three]],
    ["all covered steps were removed", (memory) => memory.steps.splice(0, 3), [summary, three]],
    [
      "a step came in behind",
      (memory) => memory.steps.splice(3, 0, seen("new")),
      ["New task:\nDo.", summary, "Observation:\nnew", three],
    ],
  ])("when %s", (_title, change, expected) => {
    const [memory] = work();
    memory.toMessages();
    change(memory);
    expect(texts(memory)).toEqual(expected);
    expect(texts(copyOf(memory))).toEqual(expected);
  });

  it("in the memory that takes its steps over", () => {
    const [memory] = work();
    memory.setSystemPrompt("P");
    const other = new Memory();
    other.replaceWith(memory);
    expect(texts(other)).toEqual(["P", "New task:\nDo.", summary, three]);
  });

  it("and says how many that are now", () => {
    const [memory] = work();
    memory.setSystemPrompt("P");
    expect(memory.toJSON().steps.at(-1)).toMatchObject({ kind: "summary", covers: 4 });
    expect(memory.steps.at(-1)).toMatchObject({ covers: 4 });
  });

  it("in the record of a managed agent, which has no system prompt", () => {
    const [memory] = work();
    memory.setSystemPrompt("P");
    const steps = memory.steps.filter((step) => !(step instanceof SystemPromptStep));
    const call: RecordedCall = { id: "c", tool: "t", input: 1, durationMs: 0, run: { agent: "a", steps } };
    const json = memoryOf(Object.assign(new ActionStep(1), { toolCalls: [call] })).toJSON();
    expect(JSON.stringify(json)).toContain('"covers":3');
  });
});
