import { type Automaton, buildAutomaton } from "./automaton.ts";
import { intersects } from "./char-set.ts";
import { parsePattern } from "./parse-pattern.ts";

/** Longer patterns are not examined: the work grows with the square of the length. */
const maxPositions = 120;

/**
 * Tells whether a pattern can match one text in a number of ways that grows exponentially with the text, so that a
 * backtracking matcher hangs: `(a+)+$`, `(\w|\d)*$`.
 *
 * Source: A. Weber, H. Seidl, "On the degree of ambiguity of finite automata", 1991: this is so exactly when some
 * loop leads from a position back to it in two ways.
 *
 * @param source - A valid regular expression.
 */
export function isExplosive(source: string): boolean {
  const pattern = parsePattern(source);
  const automaton = pattern && buildAutomaton(pattern, maxPositions);
  return automaton !== undefined && hasTwoWayLoop(automaton);
}

function hasTwoWayLoop({ sets, next }: Automaton): boolean {
  const size = sets.length;
  const pairs = (pair: number): number[] => {
    const after: number[] = [];
    for (const a of next[Math.floor(pair / size)]?.keys() ?? []) {
      for (const b of next[pair % size]?.keys() ?? []) {
        if (intersects(sets[a] ?? [], sets[b] ?? [])) after.push(a * size + b);
      }
    }
    return after;
  };
  const diagonal = sets.map((_, position) => position * size + position);
  return stronglyConnected(diagonal, pairs).some((component) => {
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
