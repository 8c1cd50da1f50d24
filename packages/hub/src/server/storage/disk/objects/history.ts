import { setImmediate as nextTurn } from "node:timers/promises";
import type { Commit } from "../../hub-storage.ts";
import type { ObjectStore } from "./object-store.ts";
import { findEntry } from "./tree-reader.ts";

/** How often a path is looked up in a commit to find what changed it last: bounds the work of one request. */
const maxLookUps = 100_000;
/** How many commits are read before others get their turn: what is in the cache is read without a pause. */
const commitsPerTurn = 500;

/** All commits that lead to one, itself first, newest first. */
export async function* walkHistory(objects: ObjectStore, oid: string): AsyncGenerator<Commit> {
  const seen = new Set([oid]);
  const waiting = [await objects.commit(oid)];
  for (;;) {
    // Oldest first, so that the next one is the last one. Without merges there is never more than one.
    waiting.sort((a, b) => a.committedAt - b.committedAt);
    const commit = waiting.pop();
    if (!commit) return;
    yield commit;
    if (seen.size % commitsPerTurn === 0) await nextTurn();
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      waiting.push(await objects.commit(parent));
    }
  }
}

/** How many commits {@link walkHistory} gives. Without merges only those are counted that are new since the last time. */
export async function historyLength(objects: ObjectStore, oid: string): Promise<number> {
  const { historyLengths } = objects.cache;
  let length = 0;
  let merged = false;
  for await (const commit of walkHistory(objects, oid)) {
    // Behind a merge there are two lines, whose commits may be the same.
    merged ||= commit.parents.length > 1;
    const known = merged ? undefined : historyLengths.get(objects.key(commit.oid));
    if (known !== undefined) {
      length += known;
      break;
    }
    length += 1;
  }
  historyLengths.set(objects.key(oid), length);
  return length;
}

/**
 * For each path, the commit that last changed it, along the first parents. What was found for a commit before is used
 * for those that came after it.
 *
 * @returns Without the paths that are not there, and those whose last change lies too far back.
 */
export async function findLastCommits(
  objects: ObjectStore,
  oid: string,
  paths: readonly string[],
): Promise<Map<string, Commit>> {
  const { lastChanges } = objects.cache;
  const start = await objects.commit(oid);
  const found = new Map<string, string>();
  const open = new Map<string, string>();
  for (const path of paths) {
    const entry = await findEntry(objects, start.tree, path);
    if (entry) open.set(path, entry.oid);
  }
  let commit = start;
  for (let lookUps = 0; open.size > 0 && lookUps < maxLookUps;) {
    await nextTurn();
    for (const path of open.keys()) {
      const known = lastChanges.get(objects.key(`${commit.oid}:${path}`));
      if (known !== undefined) settle(path, known);
    }
    const [first] = commit.parents;
    const parent = first === undefined ? undefined : await objects.commit(first);
    lookUps += 1 + (parent?.tree === commit.tree ? 0 : open.size);
    for (const [path, now] of parent?.tree === commit.tree ? [] : open) {
      const before = parent && (await findEntry(objects, parent.tree, path));
      if (before?.oid !== now) settle(path, commit.oid);
    }
    if (!parent) break;
    commit = parent;
  }
  const commits = new Map<string, Commit>();
  for (const [path, last] of found) {
    lastChanges.set(objects.key(`${oid}:${path}`), last);
    commits.set(path, await objects.commit(last));
  }
  return commits;

  function settle(path: string, last: string): void {
    found.set(path, last);
    open.delete(path);
  }
}
