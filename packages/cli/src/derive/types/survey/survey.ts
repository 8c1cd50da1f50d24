import type { PropertyView, TypeView } from "../../engine/port.ts";
import type { ProblemList } from "../../problems/problem-list.ts";
import { heldTypes } from "../schemas/builtin.ts";
import { isNothing, mayLeaveOut, mayLeaveOutMember } from "./left-out.ts";
import { isUncarried, type Meeting } from "./obstacle.ts";
import { obstacleOf } from "./obstacle-of.ts";
import { type Finding, findings, spread, type Start, type TypeNode, type TypePart } from "./type-graph.ts";

/** Types that are looked into, at most: what lies behind them is left to the derivation of the schema. */
const maxTypes = 5000;

/** How deep they may be nested, and how many of them may differ only in their arguments. */
const maxDepth = 64;
const maxNesting = 8;

/**
 * Looks through a type before its schema is made, level by level: it finds what has no schema on the shortest way, and
 * which parts are left out because JSON cannot carry them.
 *
 * Only what a package or the standard library declares is left out, and only where its absence is allowed. What the
 * author wrote is refused: it can be changed, and somebody meant it.
 */
export class Survey {
  readonly #direction: Meeting["direction"];
  readonly #problems: ProblemList;
  /** By type, and whether it is met in the code of others. */
  readonly #nodes = new Map<object, { own?: TypeNode; foreign?: TypeNode }>();
  readonly #reported = new Set<object>();
  #waiting: (() => void)[] = [];
  #count = 0;

  constructor(direction: Meeting["direction"], problems: ProblemList) {
    this.#direction = direction;
    this.#problems = problems;
  }

  /** Reports everything that has no schema and cannot be left out. */
  report(type: TypeView, start: Start): void {
    const node = this.#look(type, start.isForeign === true, start.mayStream === true);
    if (!node) return;
    const isMet = ({ of, role }: TypePart, whole: TypeNode): boolean => {
      if (!of.isUncarried || role === "needed") return true;
      return role === "alternative" && whole.isUncarried;
    };
    for (const { id, path, place, obstacle } of findings(node, { ...start, written: type.place }, isMet)) {
      this.#reported.add(id);
      this.#problems.refuse(obstacle.code, place, `"${path}" ${obstacle.what}.`, obstacle.fix);
    }
  }

  /** True for a type that was reported, wherever it was met. */
  hasReported(type: TypeView): boolean {
    return this.#reported.has(type.id);
  }

  /** Why no value of a type can be sent; `undefined` when one can. */
  uncarried(type: TypeView, start: Start): Finding | undefined {
    const node = this.#look(type, start.isForeign === true, start.mayStream === true);
    if (!node?.isUncarried) return undefined;
    for (const finding of findings(node, start, ({ of }) => of.isUncarried)) return finding;
    return undefined;
  }

  /** @returns `undefined` for a type that has a schema and no parts. */
  #look(type: TypeView, isForeign: boolean, mayStream: boolean): TypeNode | undefined {
    const fresh: TypeNode[] = [];
    const node = this.#nodeOf(type, undefined, isForeign, mayStream, fresh);
    while (this.#waiting.length > 0) {
      const level = this.#waiting;
      this.#waiting = [];
      for (const expand of level) expand();
    }
    spread(fresh);
    return node;
  }

  #nodeOf(
    type: TypeView,
    within: TypeNode | undefined,
    isForeign: boolean,
    mayStream: boolean,
    fresh: TypeNode[],
  ): TypeNode | undefined {
    const obstacle = obstacleOf(type, { direction: this.#direction, mayStream });
    if (!obstacle && !hasParts(type)) return undefined;
    // What has no parts is met anew at each place: each is to be changed.
    const known = obstacle || mayStream ? {} : (this.#nodes.get(type.id) ?? {});
    const found = isForeign ? known.foreign : known.own;
    if (found) return found;
    const { shape } = type;
    const node: TypeNode = {
      id: type.id,
      family: type.family,
      within,
      obstacle,
      parts: [],
      users: [],
      alternatives: shape.kind === "union" ? shape.members.filter((member) => !isNothing(member)).length : 0,
      isUncarried: obstacle !== undefined && isUncarried(obstacle),
    };
    fresh.push(node);
    if (obstacle) return node;
    known[isForeign ? "foreign" : "own"] = node;
    if (!mayStream) this.#nodes.set(type.id, known);
    if (!isTooDeep(node) && this.#count++ < maxTypes)
      this.#waiting.push(() => this.#expand(type, node, isForeign, fresh));
    return node;
  }

  #expand(type: TypeView, node: TypeNode, isForeign: boolean, fresh: TypeNode[]): void {
    const { shape } = type;
    const add = (part: TypeView, step: string, role: TypePart["role"] = "needed", at?: PropertyView): void => {
      const of = this.#nodeOf(part, node, at?.isForeign ?? isForeign, false, fresh);
      if (!of) return;
      node.parts.push({ of, step, place: at?.place, written: part.place, role });
      of.users.push(node);
    };
    switch (shape.kind) {
      case "union":
        for (const member of shape.members) {
          if (isNothing(member)) continue;
          add(member, "", mayLeaveOutMember(type, member, isForeign, this.#direction) ? "alternative" : "needed");
        }
        break;
      case "array":
        add(shape.item, "[]");
        break;
      case "tuple":
        for (const [index, element] of shape.elements.entries()) {
          add(element.type, element.kind === "rest" ? "[]" : `[${index}]`);
        }
        break;
      case "builtin":
        for (const held of heldTypes(shape)) add(held, "[]");
        break;
      case "object":
        for (const property of shape.properties) {
          const role = mayLeaveOut(property, this.#direction) ? "optional" : "needed";
          add(property.type, `.${property.name}`, role, property);
        }
        for (const { type: value } of shape.indexes) add(value, "[key]");
        break;
      default:
    }
  }
}

function hasParts({ shape }: TypeView): boolean {
  return ["union", "array", "tuple", "builtin", "object"].includes(shape.kind);
}

function isTooDeep({ family, within }: TypeNode): boolean {
  let depth = 0;
  let nesting = 0;
  for (let outer = within; outer; outer = outer.within) {
    depth++;
    if (family !== undefined && outer.family === family) nesting++;
  }
  return depth >= maxDepth || nesting >= maxNesting;
}
