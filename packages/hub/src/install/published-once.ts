import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { type PublishedPackage, readPublished } from "../resolve/published-package.ts";

/** Looks at what is published, once for each package however many refs there are of it. */
export class PublishedOnce {
  readonly #client: HubClient;
  readonly #options: HubCallOptions;
  readonly #begun = new Map<string, Promise<PublishedPackage>>();

  constructor(client: HubClient, { signal }: HubCallOptions) {
    this.#client = client;
    this.#options = { signal };
  }

  /** @throws HubError when the repo cannot be read. */
  of({ repoType, repo }: Repo): Promise<PublishedPackage> {
    const key = `${repoType} ${repo}`;
    const begun = this.#begun.get(key) ?? readPublished(this.#client, { repoType, repo }, this.#options);
    this.#begun.set(key, begun);
    return begun;
  }
}
