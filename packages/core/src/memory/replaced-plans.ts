import { PlanningStep } from "./planning-step.ts";
import type { MemoryStep } from "./step.ts";

/**
 * The steps without plans that a later plan took the place of before any step was taken: an interrupted run that is
 * gone on with plans again, and two plans that are to be carried out now would confuse the model.
 *
 * @returns The same list when there are none.
 */
export function withoutReplacedPlans(steps: readonly MemoryStep[]): readonly MemoryStep[] {
  const replaced = new Set<MemoryStep>();
  let last: PlanningStep | undefined;
  for (const step of steps) {
    if (step.kind === "action") last = undefined;
    if (!(step instanceof PlanningStep) || !step.plan) continue;
    if (last) replaced.add(last);
    last = step;
  }
  return replaced.size === 0 ? steps : steps.filter((step) => !replaced.has(step));
}
