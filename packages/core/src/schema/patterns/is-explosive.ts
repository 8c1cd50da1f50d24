import { type Automaton, buildAutomaton } from "./automaton.ts";
import { intersects } from "./char-set.ts";
import { mostLoopsOverOneChar } from "./loops-over-one-char.ts";
import { parsePattern, type PatternNode } from "./parse-pattern.ts";

/** Longer patterns are not examined in full: the work grows with the square of the length. */
const maxPositions = 120;

/** One after another, this many loops and options over the same characters can share a text out among them. */
const maxLoopsOverOneChar = 16;

/** What examining patterns may cost; it goes down. Shared by the patterns of one schema. */
export interface ExaminationBudget {
  steps: number;
}

/** Enough for hundreds of patterns as people write them. */
export function examinationBudget(): ExaminationBudget {
  return { steps: 1_000_000 };
}

/**
 * Tells whether a pattern can match one text in a number of ways that grows exponentially with the text, so that a
 * backtracking matcher hangs: `(a+)+$`, `(\w|\d)*$`.
 *
 * Source: A. Weber, H. Seidl, "On the degree of ambiguity of finite automata", 1991: this is so exactly when some
 * loop leads from a position back to it in two ways.
 *
 * So do many optional parts in a row over the same characters: `a?a?a?…`.
 *
 * @param source - A valid regular expression. One that is too long to be examined, or that refers to its groups, counts
 *   as explosive where a loop or a choice stands in a loop.
 */
export function isExplosive(source: string, budget: ExaminationBudget = examinationBudget()): boolean {
  // Taking a pattern apart takes the square of its length.
  budget.steps -= Math.ceil(source.length ** 2 / 100);
  if (budget.steps < 0) return true;
  const { parts, isOpaque } = parsePattern(source);
  return parts.some((part) => {
    if (mostLoopsOverOneChar(part, budget) > maxLoopsOverOneChar) return true;
    if (isTame(part)) return false;
    const automaton = isOpaque ? undefined : buildAutomaton(part, maxPositions);
    return !automaton || hasTwoWayLoop(automaton, budget);
  });
}

/** In a tame pattern every loop goes round in one way only, whatever its characters are. */
function isTame(node: PatternNode, isInLoop = false): boolean {
  switch (node.kind) {
    case "char":
      return true;
    case "sequence":
      return node.parts.every((part) => isTame(part, isInLoop));
    case "choice":
      return !isInLoop && node.options.every((option) => isTame(option));
    case "repeat":
      if (node.least === node.most) return isTame(node.body, isInLoop);
      return !isInLoop && isTame(node.body, node.most > 1);
  }
}

function hasTwoWayLoop({ sets, next }: Automaton, budget: ExaminationBudget): boolean {
  const size = sets.length;
  const pairs = (pair: number): number[] => {
    const after: number[] = [];
    if (budget.steps < 0) return after;
    for (const a of next[Math.floor(pair / size)]?.keys() ?? []) {
      for (const b of next[pair % size]?.keys() ?? []) {
        budget.steps--;
        if (intersects(sets[a] ?? [], sets[b] ?? [])) after.push(a * size + b);
      }
    }
    return after;
  };
  const diagonal = sets.map((_, position) => position * size + position);
  const components = stronglyConnected(diagonal, pairs);
  if (budget.steps < 0) return true;
  return components.some((component) => {
    const positions = component.filter((pair) => Math.floor(pair / size) === pair % size).map((pair) => pair % size);
    if (positions.length === 0) return false;
    if (positions.length < component.length) return true;
    return positions.some((from) => positions.some((to) => (next[from]?.get(to) ?? 0) > 1));
  });
}

/** The strongly connected components that can be reached from some nodes (R. Tarjan, 1972), without recursion. */
function stronglyConnected(roots: readonly number[], successors: (node: number) => number[]): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const components: number[][] = [];
  for (const root of roots) {
    if (index.has(root)) continue;
    const work: { node: number; rest: number[] }[] = [];
    const open = (node: number) => {
      index.set(node, index.size);
      low.set(node, index.size - 1);
      stack.push(node);
      onStack.add(node);
      work.push({ node, rest: successors(node) });
    };
    const lower = (node: number, to: number | undefined) => low.set(node, Math.min(low.get(node) ?? 0, to ?? Infinity));
    open(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { node } = frame;
      const successor = frame.rest.pop();
      if (successor !== undefined) {
        if (!index.has(successor)) open(successor);
        else if (onStack.has(successor)) lower(node, index.get(successor));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) lower(parent.node, low.get(node));
      if (low.get(node) !== index.get(node)) continue;
      const component = stack.splice(stack.lastIndexOf(node));
      for (const member of component) onStack.delete(member);
      components.push(component);
    }
  }
  return components;
}
