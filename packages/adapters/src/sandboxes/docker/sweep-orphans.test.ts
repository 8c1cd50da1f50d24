import { spawnSync } from "node:child_process";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { createContainer, listContainers, removeContainer } from "./containers.ts";
import { connectDaemon } from "./docker-daemon.ts";
import { thisProcess } from "../engine/host-process.ts";
import { containerLabels, isOrphan, sweepOrphans } from "./sweep-orphans.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";

const own = await thisProcess();
const labels = await containerLabels();
/** A process that has been, and that nobody has taken the number of so soon. */
const ended = `${spawnSync(process.execPath, ["--version"]).pid}:1`;
const now = Date.now();
const longAgo = now - 24 * 60 * 60_000;

test.each([
  ["of this process", { labels, state: "running", createdAt: now }, false],
  ["of this process, not started yet", { labels, state: "created", createdAt: now }, false],
  [
    "of a process that has ended",
    { labels: { ...labels, "smoltools.process": ended }, state: "running", createdAt: now },
    true,
  ],
  [
    "of an earlier process with the same number",
    { labels: { ...labels, "smoltools.process": `${process.pid}:1` }, state: "running", createdAt: now },
    process.platform === "linux",
  ],
  [
    "of another machine",
    { labels: { "smoltools.machine": "another", "smoltools.process": ended }, state: "running", createdAt: longAgo },
    false,
  ],
  ["that was never started", { labels: {}, state: "created", createdAt: longAgo }, true],
  [
    "with a label that makes no sense",
    { labels: { ...labels, "smoltools.process": "x" }, state: "running", createdAt: now },
    false,
  ],
])("knows whether a container is an orphan: one %s", async (_, container, orphan) => {
  expect(await isOrphan(container, own)).toBe(orphan);
});

describe.skipIf(dockerHint)("with a daemon", () => {
  test("removes the containers of a dead process, and no others", async () => {
    const client = await connectDaemon();
    const config = { Image: image, Cmd: ["node"] };
    const orphan = await createContainer(client, { ...config, Labels: { ...labels, "smoltools.process": ended } });
    const mine = await createContainer(client, { ...config, Labels: labels });
    try {
      const removed = await sweepOrphans(client);
      expect(removed).toContain(orphan);
      expect(removed).not.toContain(mine);
      const left = (await listContainers(client, "smoltools.sandbox=docker")).map(({ id }) => id);
      expect(left).toContain(mine);
      expect(left).not.toContain(orphan);
    } finally {
      for (const id of [orphan, mine]) await removeContainer(client, id);
    }
  });
});
