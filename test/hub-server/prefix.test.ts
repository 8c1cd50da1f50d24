import { createServer } from "node:net";
import { createRepo, downloadFile, listCommits, listFiles, repoExists, uploadFile } from "@huggingface/hub";
import { expect, test } from "vitest";
import { collect, startHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "alice/prefixed" } as const;

test("a hub below a path serves the client, with every address below it", async () => {
  await using hub = await startHub({ publicUrl: "/my/hub" });
  expect(hub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/my\/hub$/);
  const made = await createRepo({ ...hub.as("alice"), repo });
  expect(made.repoUrl).toBe(`${hub.url}/spaces/alice/prefixed`);
  const uploaded = await uploadFile({ ...hub.as("alice"), repo, file: { path: "f", content: new Blob(["f"]) } });
  expect(uploaded?.commit.url).toBe(`${hub.url}/spaces/alice/prefixed/commit/${uploaded?.commit.oid}`);
  expect(await (await downloadFile({ ...hub.as("bob"), repo, path: "f" }))?.text()).toBe("f");
  expect(await collect(listCommits({ ...hub.as("bob"), repo, batchSize: 1 }))).toHaveLength(2);
  expect(await repoExists({ ...hub.as("bob"), repo: { ...repo, name: "alice/none" } })).toBe(false);
});

test("behind a proxy that removes the path the same hub answers", async () => {
  await using hub = await startHub({ publicUrl: "https://hub.example.org/tools/" });
  expect(hub.url).toBe("https://hub.example.org/tools");
  const direct = { hubUrl: `http://127.0.0.1:${hub.server.port}`, accessToken: "hf_alice" };
  expect((await createRepo({ ...direct, repo })).repoUrl).toBe("https://hub.example.org/tools/spaces/alice/prefixed");
  const page = await fetch(`${direct.hubUrl}/api/spaces/alice/prefixed/tree/main?limit=1`);
  expect(page.headers.get("Link")).toMatch(/^<https:\/\/hub\.example\.org\/tools\/api\/spaces\/.+>; rel="next"$/);
});

test("a base that ends with a slash works too", async () => {
  await using hub = await startHub();
  const sloppy = { hubUrl: `${hub.url}/`, accessToken: "hf_alice" };
  await createRepo({ ...sloppy, repo });
  expect((await collect(listFiles({ ...sloppy, repo }))).map(({ path }) => path)).toContain("README.md");
});

test("a port that is taken is said so", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    await expect(startHub({ port })).rejects.toThrowError(/cannot listen at 127.0.0.1:\d+: .*EADDRINUSE/);
  } finally {
    taken.close();
  }
});

test("a hub that others can reach does not start without a token", async () => {
  await expect(startHub({ host: "0.0.0.0", tokens: [] })).rejects.toMatchObject({ code: "HUB_BAD_OPTIONS" });
});
