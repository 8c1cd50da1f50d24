import { ActionStep } from "../../memory/action-step.ts";
import type { Memory } from "../../memory/memory.ts";
import { PlanningStep } from "../../memory/planning-step.ts";
import type { MemoryStep } from "../../memory/step.ts";
import { SummaryStep } from "../../memory/summary-step.ts";
import { ModelUsages, type UsageByModel } from "../../messages/model-usages.ts";

/**
 * Tokens by the id of the model of everything that was asked while a memory was filled, managed agents included. For one
 * run see `AgentResult.usageByModel`.
 */
export function memoryUsageByModel(memory: Memory): UsageByModel {
  const usages = new ModelUsages();
  addSteps(memory.steps, usages);
  return usages.byModel();
}

function addSteps(steps: readonly MemoryStep[], usages: ModelUsages): void {
  for (const step of steps) {
    const asks = step instanceof ActionStep || step instanceof PlanningStep || step instanceof SummaryStep;
    if (asks && step.modelId !== undefined) usages.add(step.modelId, step.usage);
    if (!(step instanceof ActionStep)) continue;
    for (const { run } of step.toolCalls) if (run) addSteps(run.steps, usages);
  }
}
