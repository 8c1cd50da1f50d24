import { commit, createRepo } from "@huggingface/hub";
import { pushPackage } from "@smoltools/hub";
import { startHub, token } from "../../lib/hub-fixture.ts";
import { hubPackage } from "../../lib/hub-package.ts";
import { interleaved, timed } from "../../lib/measure.ts";
import { type Row, row } from "../../lib/row.ts";

const runs = 15;

/** Publishing a version of twenty small files: a commit and a tag, by each client on the same hub. */
export async function commits(): Promise<Row[]> {
  await using hub = await startHub();
  const { client, server, python } = hub;
  const repos = ["ours", "javascript", "python"].map((name) => `bench/${name}`);
  for (const name of repos) {
    await createRepo({ repo: { type: "space", name }, hubUrl: server.url, accessToken: token });
  }
  let round = 0;
  const texts = (): Record<string, string> =>
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`part-${i}.ts`, `// ${round} ${i}\n`.padEnd(2048, "x")]));
  const javascript = async () => {
    const made = await commit({
      repo: { type: "space", name: "bench/javascript" },
      hubUrl: server.url,
      accessToken: token,
      title: "Publish",
      operations: Object.entries(texts()).map(([path, text]) => ({
        operation: "addOrUpdate",
        path,
        content: new Blob([text]),
      })),
    });
    const repo = { repoType: "space", repo: "bench/javascript" } as const;
    await client.createTag(repo, made?.commit.oid ?? "", `v1.0.${round}`, "Publish");
  };
  const ms = await interleaved(
    {
      ours: () => timed(() => pushPackage(client, hubPackage("bench/ours", `1.0.${++round}`, 17), { force: true })),
      javascript: () => timed(javascript),
      python: () => python?.time({ do: "commit", repo: "bench/python", files: texts(), tag: `v1.0.${round}` }) ?? 0,
    },
    runs,
  );
  const metric = "publish 20 files of 2 KB";
  return [
    row(metric, "ms", ms.ours, { name: "@huggingface/hub commit, and a tag", value: ms.javascript }),
    ...(python
      ? [row(metric, "ms", ms.ours, { name: "huggingface_hub create_commit, create_tag", value: ms.python })]
      : []),
  ];
}
