import { expect, test } from "vitest";
import { maySee, type Viewer, writeProblem } from "./viewer.ts";

const alice: Viewer = { name: "alice", role: "write", orgs: ["acme"] };
const reader: Viewer = { name: "alice", role: "read", orgs: ["acme"] };
const admin: Viewer = { name: "root", role: "admin", orgs: [] };
const repo = (namespace: string, isPrivate: boolean) =>
  ({ type: "space", namespace, name: "x", private: isPrivate }) as const;

test.each([
  [undefined, repo("bob", false), true, true],
  [undefined, repo("bob", false), false, false],
  [undefined, repo("bob", true), true, false],
  [alice, repo("bob", false), false, true],
  [alice, repo("bob", true), true, false],
  [alice, repo("alice", true), true, true],
  [reader, repo("acme", true), true, true],
  [admin, repo("bob", true), true, true],
])("%j sees %j (anonymous reading: %s): %s", (viewer, target, anonymousRead, visible) => {
  expect(maySee(viewer, target, anonymousRead)).toBe(visible);
});

test.each([
  [alice, "alice", "nothing"],
  [alice, "acme", "nothing"],
  [alice, "bob", "alice may not change what belongs to bob."],
  [reader, "alice", "This token may only read: use one with the role write."],
  [admin, "bob", "nothing"],
])("%j writes to %s: %s is in the way", (viewer, namespace, problem) => {
  expect(writeProblem(viewer, namespace) ?? "nothing").toBe(problem);
});
