import { commit, createRepo } from "@huggingface/hub";
import { parseRef, pushPackage, resolveRef } from "@smoltools/hub";
import { startHub, token } from "../../lib/hub-fixture.ts";
import { hubPackage } from "../../lib/hub-package.ts";
import { interleaved, timed } from "../../lib/measure.ts";
import { type Row, row } from "../../lib/row.ts";

const repo = { repoType: "space", repo: "bench/many" } as const;

/** What a version costs in a package that has many already. */
export async function growth(): Promise<Row[]> {
  await using hub = await startHub();
  const { client, server } = hub;
  await createRepo({ repo: { type: "space", name: repo.repo }, hubUrl: server.url, accessToken: token });
  const figures: { versions: number; resolve: number; publish: number }[] = [];
  let made = 0;
  let head = "";
  for (const versions of [100, 1_000, 10_000]) {
    for (; made < versions; made++) {
      // Tags alone would share a commit, so every tenth version has one of its own.
      if (made % 10 === 0) head = await oneCommit(server.url, made);
      await client.createTag(repo, head, `v0.${made}.0`, "Publish");
    }
    const ref = parseRef(`${repo.repo}@^0`);
    if (ref.kind !== "hub") throw new Error("not a ref of a hub");
    let round = 0;
    const ms = await interleaved(
      {
        resolve: () => timed(() => resolveRef(client, ref)),
        publish: () =>
          timed(() => pushPackage(client, hubPackage(repo.repo, `1.${versions}.${round++}`), { force: true })),
      },
      7,
    );
    figures.push({ versions, ...ms });
  }
  const [first] = figures;
  return figures.flatMap(({ versions, resolve, publish }) => {
    const peer = (value: number) => ({ name: "the same with 100 versions", value });
    const few = versions === 100;
    return [
      row(`resolve a range among ${versions} versions`, "ms", resolve, few ? undefined : peer(first?.resolve ?? 0)),
      row(`publish beside ${versions} versions`, "ms", publish, few ? undefined : peer(first?.publish ?? 0)),
    ];
  });
}

async function oneCommit(hubUrl: string, round: number): Promise<string> {
  const made = await commit({
    repo: { type: "space", name: repo.repo },
    hubUrl,
    accessToken: token,
    title: `Version ${round}`,
    operations: [{ operation: "addOrUpdate", path: "notes.txt", content: new Blob([String(round)]) }],
  });
  return made?.commit.oid ?? "";
}
