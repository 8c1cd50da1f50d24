import { createHash } from "node:crypto";
import { errorMessage } from "@smoltools/core";
import type { GitRepo } from "./git-repo.ts";
import type { ObjectType } from "./objects/loose-objects.ts";
import { parseCommit, parseTag, parseTree } from "./objects/parse-object.ts";

/** What was found out about the objects of a repo. */
export interface ObjectsReport {
  commits: number;
  objects: number;
  /** Sentences about what is damaged or missing. */
  problems: string[];
  /** The Git LFS objects that the pointers in it name, and the first file that does. */
  pointers: Map<string, string>;
}

/** An object to look at, and where it was named. */
interface Task {
  oid: string;
  type: ObjectType | undefined;
  from: string;
}

/**
 * Reads every object that some refs lead to: each one is there, is of the type it is named as, and has the bytes that
 * its id stands for.
 *
 * @param refs - Names of refs and the ids they hold.
 */
export async function verifyObjects(repo: GitRepo, refs: ReadonlyMap<string, string>): Promise<ObjectsReport> {
  const report: ObjectsReport = { commits: 0, objects: 0, problems: [], pointers: new Map() };
  const seen = new Set<string>();
  const waiting: Task[] = [...refs].map(([from, oid]) => ({ oid, type: undefined, from }));
  for (let task = waiting.pop(); task; task = waiting.pop()) {
    if (seen.has(task.oid)) continue;
    seen.add(task.oid);
    try {
      waiting.push(...(await verifyObject(repo, task, report)));
    } catch (error) {
      report.problems.push(`${task.oid} (${task.from}): ${errorMessage(error)}`);
    }
  }
  return report;
}

/** @returns What it leads to. */
async function verifyObject(repo: GitRepo, { oid, type, from }: Task, report: ObjectsReport): Promise<Task[]> {
  const object = await repo.objects.read(oid);
  if (!object) throw new Error("it is missing");
  const { content } = object;
  const header = `${object.type} ${content.length}\0`;
  if (createHash("sha1").update(header).update(content).digest("hex") !== oid) throw new Error("its bytes are others");
  if (type !== undefined && object.type !== type) throw new Error(`it is a ${object.type}, not a ${type}`);
  report.objects += 1;
  switch (object.type) {
    case "tag": {
      const target = parseTag(content);
      return [{ oid: target.object, type: target.type as ObjectType, from }];
    }
    case "commit": {
      report.commits += 1;
      const { tree, parents } = parseCommit(oid, content);
      const commits = parents.map((parent): Task => ({ oid: parent, type: "commit", from }));
      return [{ oid: tree, type: "tree", from: `commit ${oid}` }, ...commits];
    }
    case "tree":
      return parseTree(content)
        .filter((entry) => entry.type !== "commit")
        .map((entry) => ({
          oid: entry.oid,
          type: entry.type === "tree" ? "tree" : "blob",
          from: `${entry.path} in ${from}`,
        }));
    case "blob": {
      const pointer = await repo.objects.lfsPointer(oid);
      if (pointer) report.pointers.set(pointer.oid, from);
      return [];
    }
  }
}
