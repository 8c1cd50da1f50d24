import type { IndexedRepo } from "./indexed-repo.ts";
import type { WeightedText } from "./text-index.ts";

/** The texts by which a repo is found; a word in its name tells more of it than one in a description. */
export function repoTexts({ record, tags, cardData, package: found }: IndexedRepo): WeightedText[] {
  const tools = found?.tools ?? [];
  const card = [cardData["title"], cardData["short_description"]].filter((text) => typeof text === "string");
  const values = [...tools.flatMap(({ inputs }) => inputs), ...tools.flatMap(({ outputs }) => outputs)];
  const valueWords = [...values.map(({ name }) => name), ...values.flatMap(({ types }) => types)];
  const description = [found?.description ?? "", ...card].join(" ");
  return [
    { text: `${record.namespace} ${record.name}`, weight: 4, usualLength: 3 },
    { text: tools.map(({ name }) => name).join(" "), weight: 3, usualLength: 4 },
    { text: [...new Set([...(found?.keywords ?? []), ...tags])].join(" "), weight: 2, usualLength: 6 },
    { text: description, weight: 1.5, usualLength: 12 },
    { text: tools.map((tool) => tool.description).join(" "), weight: 1, usualLength: 20 },
    { text: [...new Set(valueWords)].join(" "), weight: 0.7, usualLength: 8 },
  ];
}
