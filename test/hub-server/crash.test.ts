import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commit, createRepo } from "@huggingface/hub";
import { serveHub, verifyStorage } from "@smoltools/hub/server";
import { expect, test } from "vitest";
import { type ChildHub, startChild } from "./child-hub.ts";
import { tokens } from "./hub-fixture.ts";

/** Set HUB_CRASH_SEED to see a run again, as far as the machine's own timing lets it be the same. */
const seed = Number(process.env["HUB_CRASH_SEED"] ?? randomInt(2 ** 31));
const kills = 200;
/** Servers that work on the folder at the same time; each is killed and started again. */
const servers = 4;
/** Clients of each server. */
const clients = 4;
/** A server is killed after so many answers at most, and so many milliseconds more. */
const maxAnswers = 10;
const maxDelayMs = 30;
/** A server that answers nothing for so long is killed all the same. */
const patienceMs = 5_000;
const limits = { maxRegularFileBytes: 1_000 };
/** `git fsck` itself finds fault with a repo that somebody commits to while it looks. */
const walkAll = ["rev-list", "--objects", "--all", "--quiet"];
const repos = ["alice/one", "alice/two", "alice/three"];

/** What a client was told that it is there for good. */
interface Acknowledged {
  repo: string;
  oid: string;
  path: string;
  text: string;
  tag?: string;
}

/** One run: what all servers and clients share. */
interface Run {
  root: string;
  random: () => number;
  acknowledged: Acknowledged[];
  killed: number;
}

test(
  `${kills} kills at random moments lose nothing that was acknowledged (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    const run: Run = {
      root: await mkdtemp(join(tmpdir(), "hub-crash-")),
      random: numbers(),
      acknowledged: [],
      killed: 0,
    };
    try {
      await makeRepos(run.root);
      const slots = Array.from({ length: servers }, async (_, slot) => {
        while (run.killed < kills) {
          await liveAndDie(run, `${slot}-${run.killed}`);
          // After some of them, one repo in turn, while the others go on: whatever its refs name is there.
          if (run.killed % 20 === 0) git(run.root, repos[(run.killed / 20) % repos.length] ?? "", ...walkAll);
        }
      });
      // All of them end before the folder is removed.
      const ends = await Promise.allSettled(slots);
      expect(ends.filter(({ status }) => status === "rejected")).toEqual([]);
      // Otherwise nothing was shown.
      expect(run.killed).toBeGreaterThanOrEqual(kills);
      expect(run.acknowledged.length).toBeGreaterThan(kills);
      expect(run.acknowledged.filter(({ tag }) => tag !== undefined).length).toBeGreaterThan(kills / 4);
      await checkAll(run);
    } finally {
      await rm(run.root, { recursive: true, force: true });
    }
  },
);

/** Random numbers from 0 to 1, always the same for the seed (mulberry32). */
function numbers(): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function makeRepos(root: string): Promise<void> {
  await using hub = await startChild(root);
  const to = { hubUrl: hub.url, accessToken: "hf_alice" };
  for (const name of repos) await createRepo({ ...to, repo: { type: "space", name } });
}

/** One server from its start to its end, and its clients. */
async function liveAndDie(run: Run, name: string): Promise<void> {
  const child = await startChild(run.root, limits);
  const answers = Math.floor(run.random() * maxAnswers);
  const delayMs = run.random() * maxDelayMs;
  const stop = new AbortController();
  const enough = new AbortController();
  let answered = 0;
  const onAnswer = () => {
    answered += 1;
    if (answered >= answers) enough.abort();
  };
  const work = Array.from({ length: clients }, (_, client) =>
    push(run, child, `${name}-${client}`, onAnswer, stop.signal),
  );
  if (answers > 0) await sleep(patienceMs, undefined, { signal: enough.signal }).catch(() => {});
  await sleep(delayMs);
  await child.kill();
  run.killed += 1;
  stop.abort();
  await Promise.all(work);
}

/** Commits and releases to random repos until the server is gone. */
async function push(
  { random, acknowledged }: Run,
  child: ChildHub,
  name: string,
  onAnswer: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (let count = 0; !signal.aborted; count += 1) {
    const repo = repos[Math.floor(random() * repos.length)] ?? "";
    const path = `${name}/${count}`;
    // One in five goes by Git LFS.
    const text = `${seed} ${path} `.repeat(random() < 0.2 ? 200 : 1);
    try {
      const oid = await commitFile(child.url, repo, path, text);
      const made: Acknowledged = { repo, oid, path, text };
      acknowledged.push(made);
      onAnswer();
      const tag = `v1.0.${count}-${name.replaceAll("-", "x")}`;
      // A lightweight one or an annotated one.
      await createTag(child.url, repo, oid, { tag, ...(random() < 0.5 && { message: tag }) });
      made.tag = tag;
      onAnswer();
    } catch (error) {
      // Only a server that was killed may leave a client without what it asked for.
      await expect
        .poll(() => child.process.signalCode, { message: String(error), timeout: patienceMs })
        .toBe("SIGKILL");
    }
  }
}

async function createTag(hubUrl: string, repo: string, oid: string, tag: object): Promise<void> {
  const headers = { Authorization: "Bearer hf_alice", "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(tag) };
  const response = await fetch(`${hubUrl}/api/spaces/${repo}/tag/${oid}`, init);
  if (!response.ok) throw new Error(`${JSON.stringify(tag)} was answered with ${response.status}.`);
}

async function commitFile(hubUrl: string, repo: string, path: string, text: string): Promise<string> {
  const made = await commit({
    hubUrl,
    accessToken: "hf_alice",
    repo: { type: "space", name: repo },
    title: path,
    operations: [{ operation: "addOrUpdate", path, content: new Blob([text]) }],
  });
  if (!made) throw new Error("The client made no commit.");
  return made.commit.oid;
}

function git(root: string, repo: string, ...args: string[]): string {
  const folder = join(root, "spaces", `${repo}.git`);
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: "pipe", maxBuffer: 1e8 });
}

function fsck(root: string, repo: string): string {
  return git(root, repo, "fsck", "--strict", "--no-dangling", "--no-progress");
}

/** Starts one more hub on what is left, and looks for everything that was acknowledged. */
async function checkAll({ root, acknowledged }: Run): Promise<void> {
  const failures: unknown[] = [];
  await using hub = await serveHub({ root, tokens, limits, onFailure: (failure) => failures.push(failure) });
  // Locks of the dead are in nobody's way.
  for (const repo of repos) {
    const oid = await commitFile(hub.url, repo, "last", "last");
    expect(git(root, repo, "rev-parse", "main").trim()).toBe(oid);
  }
  for (const repo of repos) {
    const made = acknowledged.filter((one) => one.repo === repo);
    const history = new Set(git(root, repo, "rev-list", "main").split("\n"));
    expect(made.filter(({ oid }) => !history.has(oid))).toEqual([]);
    const { tags } = await (await fetch(`${hub.url}/api/spaces/${repo}/refs`)).json();
    const targets = new Map(
      tags.map(({ name, targetCommit }: { name: string; targetCommit: string }) => [name, targetCommit]),
    );
    expect(made.filter(({ tag, oid }) => tag !== undefined && targets.get(tag) !== oid)).toEqual([]);
    for (const { path, oid, text } of made) {
      expect(await (await fetch(`${hub.url}/spaces/${repo}/resolve/${oid}/${path}`)).text()).toBe(text);
      expect(await (await fetch(`${hub.url}/spaces/${repo}/resolve/main/${path}`)).text()).toBe(text);
    }
    expect(fsck(root, repo)).toBe("");
  }
  // Reads every object, every Git LFS object and the whole release log, in which each version has to be.
  const report = await verifyStorage(root);
  expect(report).toMatchObject({ repos: repos.length, problems: [], notes: [] });
  await checkLeftovers(root);
  expect(failures).toEqual([]);
}

/** What the dead left is marked as theirs, and is gone when the hub is started after a while. */
async function checkLeftovers(root: string): Promise<void> {
  const folder = join(root, "spaces", "alice");
  const others = async () => (await readdir(folder)).filter((name) => !name.endsWith(".git"));
  const left = await others();
  expect(left.filter((name) => !/^tmp_obj_|\.lock\.break/.test(name))).toEqual([]);
  const old = new Date(Date.now() - 7_200_000);
  for (const name of left) await utimes(join(folder, name), old, old);
  await using _hub = await serveHub({ root, tokens });
  expect(await others()).toEqual([]);
}
