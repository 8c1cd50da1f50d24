import { contains } from "./char-set.ts";
import { mostCopies, parsePattern, type PatternNode } from "./parse-pattern.ts";
import { pointsInLoops } from "./points-in-loops.ts";

/** How the ways grow that a backtracking matcher may have to try on a text: `factor * length ** degree / degree!`. */
export interface MatchCost {
  degree: number;
  factor: number;
}

/**
 * What matching may cost: polynomial time on `^a*a*a*$`, of a degree that grows with the loops that share one character.
 * It is a bound for the pattern on any text, not what a text costs.
 *
 * @param source - A valid regular expression that is not explosive, so that a loop within a loop adds no degree: it is
 *   gone through in one way only.
 */
export function matchCost(source: string): MatchCost {
  const { parts, isOpaque } = parsePattern(source);
  const [whole = nothing, ...assertions] = parts;
  const isAnchored = source.startsWith("^") && whole.kind !== "choice";
  const matched = mostWays(source.endsWith("$") ? whole : withoutEnd(whole));
  const others = assertions.map(mostWays);
  // What is looked at once, at the beginning, comes beside the rest; elsewhere it comes at each of its characters.
  const isOnce = isAnchored && leadingAssertions(source) === assertions.length;
  const degrees = [matched.degree, ...others.map(({ degree }) => degree)];
  const sum = degrees.reduce((total, degree) => total + degree, 0) + others.length;
  const degree = (isOnce ? Math.max(...degrees) : sum) + (isAnchored ? 0 : 1) + (isOpaque ? 1 : 0);
  const factor = others.reduce((product, other) => product * other.factor, matched.factor);
  return { degree: Math.max(degree, 1), factor };
}

const nothing: PatternNode = { kind: "sequence", parts: [] };

/** How many assertions without groups stand at the beginning. */
function leadingAssertions(source: string): number {
  const lead = /^\^(?:\(\?[=!](?:[^()[\\]|\\.|\[(?:[^\]\\]|\\.)*\])*\))*/su.exec(source)?.[0] ?? "";
  return lead.split("(?").length - 1;
}

/** What may be repeated or left out at the end, where more may follow, is not tried again. */
function withoutEnd(node: PatternNode): PatternNode {
  if (node.kind !== "sequence") return node;
  const parts = [...node.parts];
  for (let end = parts.pop(); end; end = parts.pop()) {
    if (end.kind === "repeat" && end.least === 0) continue;
    parts.push(end.kind === "repeat" ? { ...end, most: end.least } : end);
    break;
  }
  return { kind: "sequence", parts };
}

interface Ways {
  /** Loops that one character can be in, one after another. */
  degree: number;
  /** Choices beside them. */
  factor: number;
  /** The character is in it. */
  has: boolean;
}

function mostWays(pattern: PatternNode): MatchCost {
  let most: MatchCost = { degree: 0, factor: 1 };
  for (const point of pointsInLoops(pattern)) {
    const ways = waysOf(pattern, point);
    if (ways.degree > most.degree) most = ways;
    else if (ways.degree === most.degree && ways.factor > most.factor) most = ways;
  }
  return most;
}

function waysOf(node: PatternNode, point: number): Ways {
  switch (node.kind) {
    case "char":
      return { degree: 0, factor: 1, has: contains(node.set, point) };
    case "sequence": {
      const parts = node.parts.map((part) => waysOf(part, point));
      return {
        degree: parts.reduce((sum, { degree }) => sum + degree, 0),
        factor: parts.reduce((product, { factor }) => product * factor, 1),
        has: parts.some(({ has }) => has),
      };
    }
    case "choice": {
      const options = node.options.map((option) => waysOf(option, point));
      const factor = options.reduce((sum, option) => sum + (option.has ? option.factor : 0), 0);
      return {
        degree: Math.max(...options.map(({ degree }) => degree)),
        factor: Math.max(factor, 1),
        has: options.some(({ has }) => has),
      };
    }
    case "repeat":
      return repeated(waysOf(node.body, point), node);
  }
}

function repeated({ degree, factor, has }: Ways, { least, most }: { least: number; most: number }): Ways {
  if (least === most) {
    const copies = Math.min(most, mostCopies);
    return { degree: degree * copies, factor: factor ** copies, has };
  }
  if (most > mostCopies) return { degree: has ? 1 : 0, factor: 1, has };
  return { degree: degree * most, factor: has ? factor ** most * (most - least + 1) : 1, has };
}
