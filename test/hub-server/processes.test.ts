import { createRepo } from "@huggingface/hub";
import { expect, test } from "vitest";
import { startChild } from "./child-hub.ts";
import { commitLines, fileLine, startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "alice/shared" } as const;

async function commit(url: string, path: string): Promise<number> {
  const init = {
    method: "POST",
    headers: { Authorization: "Bearer hf_alice" },
    body: commitLines(fileLine(path, path)),
  };
  const response = await fetch(`${url}/api/spaces/alice/shared/commit/main`, init);
  await response.text();
  return response.status;
}

function filesOf(hub: TestHub): string[] {
  return hub.git("spaces/alice/shared", "ls-tree", "-r", "--name-only", "main").trim().split("\n");
}

const namesOf = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

test("two processes that commit to one repo at the same time lose nothing", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  await using child = await startChild(hub.root);
  const [here, there] = [namesOf("here", 20), namesOf("there", 20)];
  const statuses = await Promise.all([
    ...here.map((name) => commit(hub.url, name)),
    ...there.map((name) => commit(child.url, name)),
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(filesOf(hub)).toEqual(expect.arrayContaining([...here, ...there]));
  expect(hub.git("spaces/alice/shared", "rev-list", "--count", "--first-parent", "main")).toBe("41\n");
  expect(hub.git("spaces/alice/shared", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("a process that is killed while it commits leaves a sound repo, which another one goes on with", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  const kept: string[] = [];
  for (const [round, answers] of [1, 4, 9].entries()) {
    const child = await startChild(hub.root);
    let answered = 0;
    const commits = namesOf(`round-${round}`, 30).map(async (name) => {
      if ((await commit(child.url, name)) === 200) kept.push(name);
      answered += 1;
      if (answered === answers) await child.kill();
    });
    await Promise.allSettled(commits);
    expect(hub.git("spaces/alice/shared", "fsck", "--strict", "--no-dangling")).toBe("");
    expect(await commit(hub.url, `after-${round}`)).toBe(200);
    kept.push(`after-${round}`);
  }
  expect(filesOf(hub)).toEqual(expect.arrayContaining(kept));
  expect(kept.length).toBeGreaterThanOrEqual(1 + 4 + 9);
  expect(hub.git("spaces/alice/shared", "fsck", "--strict", "--no-dangling")).toBe("");
});
