import { contains } from "./char-set.ts";
import type { ExaminationBudget } from "./is-explosive.ts";
import { mostCopies, type PatternNode } from "./parse-pattern.ts";
import { pointsInLoops } from "./points-in-loops.ts";

/**
 * The most loops and options that one way through a pattern has over one character: a bound for the number of ways
 * in which they can share out a text.
 *
 * @returns `Infinity` when the budget does not suffice to tell.
 */
export function mostLoopsOverOneChar(pattern: PatternNode, budget: ExaminationBudget): number {
  const points = pointsInLoops(pattern);
  let most = 0;
  const loops = (node: PatternNode, point: number): { count: number; has: boolean } => {
    budget.steps--;
    switch (node.kind) {
      case "char":
        return { count: 0, has: contains(node.set, point) };
      case "repeat": {
        const { count, has } = loops(node.body, point);
        if (node.least === node.most) return { count: count * Math.min(node.most, mostCopies), has };
        return { count: count + (has ? 1 : 0), has };
      }
      default: {
        const parts = (node.kind === "choice" ? node.options : node.parts).map((part) => loops(part, point));
        const counts = parts.map(({ count }) => count);
        const count = node.kind === "choice" ? Math.max(...counts) : counts.reduce((sum, n) => sum + n, 0);
        return { count, has: parts.some(({ has }) => has) };
      }
    }
  };
  for (const point of points) {
    if (budget.steps < 0) return Infinity;
    most = Math.max(most, loops(pattern, point).count);
  }
  return most;
}
