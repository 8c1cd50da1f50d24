import { describe, expect, it } from "vitest";
import { messageText } from "../messages/message.ts";
import { ActionStep } from "./action-step.ts";
import { Memory } from "./memory.ts";
import { PlanningStep } from "./planning-step.ts";
import type { MemoryStep } from "./step.ts";
import { SummaryStep } from "./summary-step.ts";
import { TaskStep } from "./task-step.ts";

function memoryOf(...steps: readonly MemoryStep[]): Memory {
  const memory = new Memory();
  for (const step of steps) memory.add(step);
  return memory;
}

const seen = (text: string): ActionStep => Object.assign(new ActionStep(1), { observation: text });
const texts = (memory: Memory): string[] => memory.toMessages().map(messageText);

describe("consecutive plans", () => {
  const planned = (text: string | undefined): PlanningStep => Object.assign(new PlanningStep(1), { plan: text });
  const plansIn = (memory: Memory): string[] => texts(memory).filter((text) => text.startsWith("My plan:"));

  it.each<[string, MemoryStep[], string[]]>([
    ["the latest", [planned("A"), planned("B")], ["B"]],
    ["the latest behind a new task", [planned("A"), new TaskStep("Next."), planned("B")], ["B"]],
    ["the one that there is when a later one failed", [planned("A"), planned(undefined)], ["A"]],
    ["each that was begun with", [planned("A"), seen("one"), planned("B")], ["A", "B"]],
    ["the latest behind a summary", [new SummaryStep(0, "S"), planned("A"), planned("B")], ["B"]],
  ])("are told as %s", (_title, steps, plans) => {
    const memory = memoryOf(new TaskStep("Do."), ...steps);
    expect(plansIn(memory)).toEqual(plans.map((plan) => `My plan:\n${plan}`));
  });

  it("are told anew when another one comes", () => {
    const memory = memoryOf(planned("A"));
    expect(plansIn(memory)).toEqual(["My plan:\nA"]);
    memory.add(planned("B"));
    expect(plansIn(memory)).toEqual(["My plan:\nB"]);
    memory.add(seen("one"));
    memory.add(planned("C"));
    expect(plansIn(memory)).toEqual(["My plan:\nB", "My plan:\nC"]);
  });
});
