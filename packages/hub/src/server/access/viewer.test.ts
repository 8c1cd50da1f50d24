import { expect, test } from "vitest";
import { maySee, type Viewer, writeProblem } from "./viewer.ts";

const alice: Viewer = { name: "alice", role: "write", orgs: ["acme"] };
const reader: Viewer = { name: "alice", role: "read", orgs: ["acme"] };
const admin: Viewer = { name: "root", role: "admin", orgs: [] };
const guest: Viewer = { name: "guest", role: "write", orgs: ["acme"], readOnlyOrgs: ["acme"] };
const scoped: Viewer = { name: "alice", role: "write", orgs: ["acme"], scope: ["acme"] };
const scopedAdmin: Viewer = { name: "root", role: "admin", orgs: [], scope: ["acme"] };
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
  [guest, repo("acme", true), true, true],
  [scoped, repo("acme", true), true, true],
  [scoped, repo("alice", true), true, false],
  [scoped, repo("alice", false), true, true],
  [admin, repo("bob", true), true, true],
  [scopedAdmin, repo("bob", true), true, false],
])("%j sees %j (anonymous reading: %s): %s", (viewer, target, anonymousRead, visible) => {
  expect(maySee(viewer, target, anonymousRead)).toBe(visible);
});

test.each([
  [alice, "alice", "nothing"],
  [alice, "acme", "nothing"],
  [alice, "bob", "alice may not change what belongs to bob."],
  [reader, "alice", "This token may only read: use one with the role write."],
  [guest, "guest", "nothing"],
  [guest, "acme", "guest may see what belongs to acme, but not change it."],
  [scoped, "acme", "nothing"],
  [scoped, "alice", "This token is good for acme only, not for alice."],
  [admin, "bob", "nothing"],
  [scopedAdmin, "bob", "This token is good for acme only, not for bob."],
])("%j writes to %s: %s is in the way", (viewer, namespace, problem) => {
  expect(writeProblem(viewer, namespace) ?? "nothing").toBe(problem);
});
