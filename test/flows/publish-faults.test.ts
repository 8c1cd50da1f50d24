import { HubClient, pushPackage, type PushResult, yankVersion } from "@smoltools/hub";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cut, cuts, cuttingProxy } from "./cutting-proxy.ts";
import { packageOf, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** A push, with what is there before it. */
interface Story {
  title: string;
  before: string[];
  version: string;
}

const stories: Story[] = [
  { title: "the first version", before: [], version: "1.0.0" },
  { title: "the next version", before: ["1.0.0"], version: "1.1.0" },
  { title: "a back-port", before: ["1.0.0", "2.0.0"], version: "1.0.1" },
];

/** A package whose every version has a file of its own, and whose bytes do not depend on its name's length. */
function packed(name: string, version: string) {
  return packageOf("return 1", { name, version, sources: { [`v${version}.ts`]: `${version}\n`, "act.ts": "1;\n" } });
}

async function prepare({ before }: Story): Promise<string> {
  const name = `acme/fault${count++}`;
  for (const version of before) await pushPackage(hub.client(), packed(name, version));
  return name;
}

function clientOf(hubUrl: string): HubClient {
  return new HubClient({ hubUrl, token: writeToken, retries: 0, timeoutMs: 5000 });
}

function push(hubUrl: string, name: string, story: Story): Promise<PushResult> {
  return pushPackage(clientOf(hubUrl), packed(name, story.version));
}

/** What only reads is cut in one way: the others make no difference to the hub. */
function worthCutting(seen: readonly string[], cut: Cut): number[] {
  return [...seen.keys()].filter((at) => cut === "in the answer" || seen[at]?.startsWith("POST "));
}

/** Everything about a repo that must not depend on how it came about. */
async function stateOf(name: string) {
  const repo = { repoType: "space" as const, repo: name };
  const client = hub.client();
  const { branches, tags } = await client.refs(repo);
  const list = { type: "array", items: { type: "object" } } as const;
  const state: Record<string, unknown> = {};
  for (const { name: ref, commit } of [...branches, ...tags]) {
    const tree = await client.tree(repo, commit);
    const commits = await client.json<{ title: string }[]>(`/api/spaces/${name}/commits/${commit}`, name, list);
    // Names differ in length from story to story, and so do the files that hold them.
    state[ref] = { paths: tree.map(({ path }) => path), titles: commits.map(({ title }) => title) };
  }
  const heads = branches.map(({ name: branch, commit }) => [
    branch,
    tags.filter((tag) => tag.commit === commit).map((tag) => tag.name),
  ]);
  return { state, heads };
}

describe.each(stories)("publishing $title", (story) => {
  it.each(cuts)(
    "ends in the same state after a connection was cut %s and the push repeated",
    async (cut: Cut) => {
      const reference = await prepare(story);
      await using whole = await cuttingProxy(hub.server.url, undefined, cut);
      const expected = await push(whole.url, reference, story);
      const state = await stateOf(reference);
      expect(whole.seen.length).toBeGreaterThanOrEqual(8);
      for (const at of worthCutting(whole.seen, cut)) {
        const name = await prepare(story);
        await using proxy = await cuttingProxy(hub.server.url, at, cut);
        const first = await push(proxy.url, name, story).then(
          () => "done",
          (error: { code?: string }) => error.code,
        );
        expect([at, ["done", "HUB_UNAVAILABLE"]]).toEqual([at, expect.arrayContaining([first])]);
        const again = await push(hub.server.url, name, story);
        expect([whole.seen[at], await stateOf(name)]).toEqual([whole.seen[at], state]);
        expect(again).toMatchObject({ version: expected.version, tag: expected.tag });
      }
    },
    60_000,
  );
});

describe("publishing over a bad line", () => {
  it("ends in the same state however often it was cut off", async () => {
    const story = stories.at(-1) ?? { title: "", before: [], version: "1.0.0" };
    const reference = await prepare(story);
    await push(hub.server.url, reference, story);
    const state = await stateOf(reference);
    const breaks = fc.array(fc.tuple(fc.nat(14), fc.constantFrom(...cuts)), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(breaks, async (tries) => {
        const name = await prepare(story);
        for (const [at, cut] of tries) {
          await using proxy = await cuttingProxy(hub.server.url, at, cut);
          await push(proxy.url, name, story).catch(() => {});
        }
        await push(hub.server.url, name, story);
        expect(await stateOf(name)).toEqual(state);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  it("is success when only the answer about the tag was lost", async () => {
    const name = await prepare({ title: "", before: [], version: "1.0.0" });
    const story: Story = { title: "", before: [], version: "1.0.0" };
    await using whole = await cuttingProxy(hub.server.url, undefined, "before");
    await push(whole.url, await prepare(story), story);
    const at = whole.seen.findIndex((line) => line.includes("/tag/"));
    await using proxy = await cuttingProxy(hub.server.url, at, "before the answer");
    expect(await push(proxy.url, name, story)).toMatchObject({ alreadyPublished: false, tag: "v1.0.0" });
  });
});

describe("yanking over a bad line", () => {
  it.each(cuts)("ends in the same state after a connection was cut %s and the yank repeated", async (cut) => {
    const yank = (url: string, repo: string) =>
      yankVersion(clientOf(url), { repoType: "space", repo }, "1.0.0", { reason: "wrong" });
    const story: Story = { title: "", before: ["1.0.0"], version: "" };
    const reference = await prepare(story);
    await using whole = await cuttingProxy(hub.server.url, undefined, cut);
    await yank(whole.url, reference);
    const state = await stateOf(reference);
    for (const at of worthCutting(whole.seen, cut)) {
      const name = await prepare(story);
      await using proxy = await cuttingProxy(hub.server.url, at, cut);
      await yank(proxy.url, name).catch(() => {});
      await yank(hub.server.url, name);
      expect([whole.seen[at], await stateOf(name)]).toEqual([whole.seen[at], state]);
    }
  });
});
