import type { PatternNode } from "./parse-pattern.ts";

/**
 * The characters that tell how the loops and options of a pattern overlap, as code points: where ranges start is where
 * they can.
 */
export function pointsInLoops(pattern: PatternNode): Set<number> {
  const points = new Set<number>();
  collect(pattern, false, points);
  return points;
}

function collect(node: PatternNode, isInLoop: boolean, points: Set<number>): void {
  if (node.kind === "char") {
    if (isInLoop) for (const [from] of node.set) points.add(from);
  } else if (node.kind === "repeat") collect(node.body, isInLoop || node.least !== node.most, points);
  else for (const part of node.kind === "choice" ? node.options : node.parts) collect(part, isInLoop, points);
}
