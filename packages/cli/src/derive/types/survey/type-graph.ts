import type { Place } from "../../engine/port.ts";
import type { Obstacle } from "./obstacle.ts";

/** A type, as it is met in code of the user or of a package. */
export interface TypeNode {
  /** Of the type. */
  readonly id: object;
  readonly family: object | undefined;
  /** What it was first met in. */
  readonly within: TypeNode | undefined;
  readonly obstacle: Obstacle | undefined;
  readonly parts: TypePart[];
  readonly users: TypeNode[];
  /** For a choice: how many of its members are more than a part that may be left out. */
  readonly alternatives: number;
  isUncarried: boolean;
}

/** A part of a type. */
export interface TypePart {
  readonly of: TypeNode;
  /** How the path to it goes on: `.name`, `[]`, or nothing for a member of a union. */
  readonly step: string;
  /** Of the property, if it is in the user's code. */
  readonly place: Place | undefined;
  /** Where its type is written, if that is in the user's code. */
  readonly written: Place | undefined;
  /** What becomes of the whole when the part cannot be sent. */
  readonly role: "needed" | "optional" | "alternative";
}

/** What was found on the shortest way to it. */
export interface Finding {
  /** Of the type that has no schema. */
  readonly id: object;
  readonly path: string;
  readonly place: Place;
  readonly obstacle: Obstacle;
}

/** Where a survey begins. */
export interface Start {
  readonly path: string;
  readonly place: Place;
  /** Where the type is written, if that is in the user's code. */
  readonly written?: Place | undefined;
  readonly isForeign?: boolean | undefined;
  readonly mayStream?: boolean | undefined;
}

/** Finds what cannot be sent because a part that it needs cannot. */
export function spread(fresh: readonly TypeNode[]): void {
  const blocked = fresh.filter((node) => !node.isUncarried && isBlocked(node));
  for (const node of blocked) node.isUncarried = true;
  const changed = fresh.filter((node) => node.isUncarried);
  for (let node = changed.pop(); node; node = changed.pop()) {
    for (const user of node.users) {
      if (user.isUncarried || !isBlocked(user)) continue;
      user.isUncarried = true;
      changed.push(user);
    }
  }
}

function isBlocked({ parts, alternatives }: TypeNode): boolean {
  const blocked = parts.filter(({ of }) => of.isUncarried);
  if (blocked.some(({ role }) => role === "needed")) return true;
  return alternatives > 0 && blocked.filter(({ role }) => role === "alternative").length === alternatives;
}

/** What is in the way, nearest first, on the ways that are to be gone. */
export function* findings(
  start: TypeNode,
  { path, place, written }: Start,
  isGone: (part: TypePart, whole: TypeNode) => boolean,
): Generator<Finding, void> {
  const seen = new Set([start]);
  const queue = [{ node: start, path, place, written }];
  for (const at of queue) {
    const { node } = at;
    if (node.obstacle) yield { id: node.id, path: at.path, place: at.written ?? at.place, obstacle: node.obstacle };
    for (const part of node.parts) {
      if (seen.has(part.of) || !isGone(part, node)) continue;
      seen.add(part.of);
      const next = at.path === "" && part.step.startsWith(".") ? part.step.slice(1) : `${at.path}${part.step}`;
      queue.push({ node: part.of, path: next, place: part.place ?? at.place, written: part.written });
    }
  }
}
