import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGit } from "./start-git.ts";

let gitdir: string;

beforeAll(async () => {
  gitdir = await mkdtemp(join(tmpdir(), "start-git-"));
  execFileSync("git", ["init", "-q", "--bare", gitdir]);
});

afterAll(() => rm(gitdir, { recursive: true, force: true }));

/** It waits for a request for ever. */
const waiting = ["cat-file", "--batch"];

test("git ends when its time is over", async () => {
  const { signal } = new AbortController();
  const args = ["-C", gitdir, ...waiting];
  const { ended, stdout } = await startGit(args, { gitdir, config: [], timeoutMs: 50, signal });
  expect((await ended).code).toBeNull();
  expect(stdout.destroyed).toBe(true);
});

test.each([
  ["while it is being started", (controller: AbortController) => controller.abort()],
  ["while it runs", (controller: AbortController) => void setTimeout(() => controller.abort(), 20)],
])("git ends when nobody waits for it any more %s", async (_when, abort) => {
  const controller = new AbortController();
  const { signal } = controller;
  const args = ["-C", gitdir, ...waiting];
  const starting = startGit(args, { gitdir, config: [], timeoutMs: 60_000, signal });
  abort(controller);
  expect((await (await starting).ended).code).toBeNull();
});

test("git is not started when nobody waits for it", async () => {
  const signal = AbortSignal.abort(new Error("gone"));
  await expect(startGit(waiting, { gitdir, config: [], timeoutMs: 60_000, signal })).rejects.toThrow("gone");
});
