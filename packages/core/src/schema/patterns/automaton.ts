import type { CharSet } from "./char-set.ts";
import { mostCopies, type PatternNode } from "./parse-pattern.ts";

/** The positions of a pattern's characters, and which can come after which. */
export interface Automaton {
  readonly sets: readonly CharSet[];
  /** For each position its successors, each with the number of ways to get there. */
  readonly next: readonly ReadonlyMap<number, number>[];
}

interface Part {
  first: number[];
  last: number[];
  /** It matches the empty text. */
  nullable: boolean;
}

/**
 * Builds the position automaton of a pattern (V. M. Glushkov, "The abstract theory of automata", 1961), in which an
 * edge knows how many ways lead along it.
 *
 * @param maxPositions - Patterns with more are not built.
 */
export function buildAutomaton(pattern: PatternNode, maxPositions: number): Automaton | undefined {
  const sets: CharSet[] = [];
  const next: Map<number, number>[] = [];
  const connect = (from: readonly number[], to: readonly number[]) => {
    for (const a of from) for (const b of to) next[a]?.set(b, (next[a]?.get(b) ?? 0) + 1);
  };
  const build = (node: PatternNode): Part => {
    if (sets.length > maxPositions) return { first: [], last: [], nullable: true };
    switch (node.kind) {
      case "char": {
        const position = sets.push(node.set) - 1;
        next.push(new Map());
        return { first: [position], last: [position], nullable: false };
      }
      case "sequence":
        return node.parts.map(build).reduce(follow, { first: [], last: [], nullable: true });
      case "choice": {
        const parts = node.options.map(build);
        return {
          first: parts.flatMap(({ first }) => first),
          last: parts.flatMap(({ last }) => last),
          nullable: parts.some(({ nullable }) => nullable),
        };
      }
      case "repeat":
        return repeat(node);
    }
  };
  const follow = (before: Part, after: Part): Part => {
    connect(before.last, after.first);
    return {
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
      nullable: before.nullable && after.nullable,
    };
  };
  const repeat = ({ body, least, most }: Extract<PatternNode, { kind: "repeat" }>): Part => {
    if (most > mostCopies) {
      const part = build(body);
      connect(part.last, part.first);
      return { ...part, nullable: part.nullable || least === 0 };
    }
    let whole: Part = { first: [], last: [], nullable: true };
    // From the last copy backwards, because each optional copy needs the one before it.
    for (let copy = most; copy > 0; copy--) {
      const part = follow(build(body), whole);
      whole = { ...part, nullable: part.nullable || copy > least };
    }
    return whole;
  };
  build(pattern);
  return sets.length > maxPositions ? undefined : { sets, next };
}
