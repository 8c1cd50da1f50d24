import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test, vi } from "vitest";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { docker } from "./index.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";
import { sampled } from "../test-hostile/sampled.ts";

vi.setConfig({ testTimeout: 60_000 });
const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

const ofImage = "an image has files of a system; none of them is the host's";
const ownInit = "process 1 is the container's own init";
const ownFiles = "the guest's folder is its own, in memory";
const ownProcess = "it is a setting of its own process";
const isEnded = "it is not refused but ended by the container's limit";

/** What a container has, and a process in bubblewrap has not. All of it stays inside. */
const known = {
  javascript: [
    { test: "reach: files of the system about its users and its host", reason: ofImage },
    { test: "reach: processes of the host", reason: ownInit },
    { test: "reach: files outside of its own folder", reason: ownFiles },
    { test: "reach: settings and devices of the kernel", reason: ownProcess },
  ],
  python: [
    { test: "reach: files of the system about its users and its host", reason: ofImage },
    { test: "reach: processes of the host", reason: ownInit },
    { test: "reach: files outside of its own folder", reason: ownFiles },
    { test: "reach: privileges", reason: ownProcess },
    { test: "reach: namespaces, mounts and other processes' memory", reason: ownInit },
    {
      test: "reach: calls of the kernel that a program has no use for",
      reason: "the filter is Docker's own, which lets some of them pass",
    },
    { test: "memory: files in memory, of which it takes no more than 300 MB", reason: isEnded },
    { test: "memory: memory that processes share, of which it takes no more than 300 MB", reason: isEnded },
  ],
};

describe.skipIf(dockerHint).each(["javascript", "python"] as const)("docker contains, in %s,", (language) => {
  testHostileCode({
    provider: docker({ image, language }),
    isolation: "process",
    reach,
    skip: known[language],
    test: sampled(test, 8),
    afterAll,
    // Containers are made and removed by a daemon, in its own time.
    maxLateMs: 5000,
  });
});
