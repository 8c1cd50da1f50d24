import { createRepo } from "@huggingface/hub";
import { searchPackages } from "@smoltools/hub";
import { startHub, token } from "../../lib/hub-fixture.ts";
import { hubPackage } from "../../lib/hub-package.ts";
import { interleaved, timed } from "../../lib/measure.ts";
import { type Row, row } from "../../lib/row.ts";

const packages = 10_000;
const words = ["weather", "invoice", "image", "music", "train", "recipe", "translation", "map", "stock", "poem"];

/** Searching a hub that has many packages, beside the list of names that the Python client asks for. */
export async function search(): Promise<Row[]> {
  await using hub = await startHub();
  const { client, server, python } = hub;
  for (let i = 0; i < packages; i++) {
    const name = `bench/${words[i % words.length]}-${i}`;
    const { files } = hubPackage(name, "1.0.0");
    await createRepo({
      repo: { type: "space", name },
      hubUrl: server.url,
      accessToken: token,
      files: [...files].map(([path, bytes]) => ({ path, content: Uint8Array.from(bytes).buffer })),
    });
    await client.createTag({ repoType: "space", repo: name }, "main", "v1.0.0", "Publish");
  }
  const first = async (words: string) => {
    const found = [];
    for await (const one of searchPackages(client, words, { limit: 20 })) found.push(one);
    if (found.length < 20) throw new Error(`only ${found.length} packages were found for ${words}`);
  };
  const ms = await interleaved(
    {
      ours: () => timed(() => first("weather")),
      several: () => timed(() => first("adds two numbers music")),
      python: () => python?.time({ do: "search", text: "weather" }) ?? 0,
    },
    15,
  );
  const target = { text: "at most 20 ms", met: ({ ours }: { ours: number }) => ours <= 20 };
  const metric = `first 20 of ${packages} packages`;
  return [
    row(metric, "ms", ms.ours, undefined, target),
    row(`${metric}, four words`, "ms", ms.several, undefined, target),
    ...(python ? [row(metric, "ms", ms.ours, { name: "huggingface_hub list_spaces(search)", value: ms.python })] : []),
  ];
}
