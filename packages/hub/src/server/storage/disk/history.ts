import { setImmediate as nextTurn } from "node:timers/promises";
import type { Commit } from "../hub-storage.ts";
import type { ObjectStore } from "./object-store.ts";
import { findEntry } from "./tree-reader.ts";

/** How often a path is looked up in a commit to find what changed it last: bounds the work of one request. */
const maxLookUps = 100_000;

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
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      waiting.push(await objects.commit(parent));
    }
  }
}

/**
 * For each path, the commit that last changed it, along the first parents.
 *
 * @returns Without the paths that are not there, and those whose last change lies too far back.
 */
export async function findLastCommits(
  objects: ObjectStore,
  oid: string,
  paths: readonly string[],
): Promise<Map<string, Commit>> {
  const found = new Map<string, Commit>();
  const open = new Map<string, string>();
  let commit = await objects.commit(oid);
  for (const path of paths) {
    const entry = await findEntry(objects, commit.tree, path);
    if (entry) open.set(path, entry.oid);
  }
  let lookUps = 0;
  while (open.size > 0 && lookUps < maxLookUps) {
    // What is in the cache is read without a pause: others get their turn here.
    await nextTurn();
    const [first] = commit.parents;
    const parent = first === undefined ? undefined : await objects.commit(first);
    lookUps += 1 + (parent?.tree === commit.tree ? 0 : open.size);
    for (const [path, now] of parent?.tree === commit.tree ? [] : open) {
      const before = parent && (await findEntry(objects, parent.tree, path));
      if (before?.oid === now) continue;
      found.set(path, commit);
      open.delete(path);
    }
    if (!parent) break;
    commit = parent;
  }
  return found;
}
