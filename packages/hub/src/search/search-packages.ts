import { isSmoltoolsError } from "@smoltools/core";
import { defaultHubUrl, type HubClient } from "../http/hub-client.ts";
import { searchIndex } from "./search-index.ts";
import { searchList } from "./search-list.ts";
import type { FoundPackage, SearchOptions } from "./search-options.ts";

/** Most packages that are found where no number is given. */
const defaultLimit = 100;

/**
 * Searches a hub for tool packages: an embedded hub by its own index, the Hugging Face Hub and others by their list
 * of repos. What such a list cannot be asked for (types of inputs and outputs, permissions, runtime) is looked up in
 * the manifests of a bounded number of packages.
 *
 * @param words - In names, descriptions, keywords, tools and parameters; of the Hugging Face Hub in names only. Empty:
 * every package.
 * @returns The packages, the best first, as far as they are asked for: stopping early asks for no further page.
 * @throws HubError as every call of a hub does.
 */
export async function* searchPackages(
  client: HubClient,
  words: string,
  options: SearchOptions = {},
): AsyncGenerator<FoundPackage, void> {
  const wanted = { ...options, limit: options.limit ?? defaultLimit };
  if (wanted.limit <= 0) return;
  const pages = client.hubUrl === defaultHubUrl ? undefined : await openIndex(client, words, wanted);
  yield* pages ?? searchList(client, words, wanted);
}

/** @returns `undefined` when the hub has no index. */
async function openIndex(
  client: HubClient,
  words: string,
  options: SearchOptions & { limit: number },
): Promise<AsyncGenerator<FoundPackage, void> | undefined> {
  const found = searchIndex(client, words, options);
  try {
    const first = await found.next();
    return first.done ? found : withFirst(first.value, found);
  } catch (error) {
    if (isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) return undefined;
    throw error;
  }
}

async function* withFirst(
  first: FoundPackage,
  rest: AsyncGenerator<FoundPackage, void>,
): AsyncGenerator<FoundPackage, void> {
  yield first;
  yield* rest;
}
