import { errorMessage } from "@smoltools/core";
import type { Chunk, ChunkSource } from "../shared/answer/chunk-source.ts";
import { shortLine } from "../../shared/provider-message.ts";
import type { ProviderErrors } from "../shared/errors/provider-errors.ts";
import type { RoutedFetch } from "./routed-fetch.ts";

/** The chunks of an answer as the library gives them out. */
export class RoutedSource implements ChunkSource {
  readonly #chunks: AsyncGenerator<Chunk>;
  readonly #routed: RoutedFetch;

  /**
   * @param chunks - What the library yields.
   * @param routed - The `fetch` that the library was given.
   */
  constructor(chunks: AsyncGenerator<Chunk>, routed: RoutedFetch) {
    this.#chunks = chunks;
    this.#routed = routed;
  }

  get errors(): ProviderErrors {
    return this.#routed.source?.errors ?? this.#routed.errors();
  }

  get complete(): boolean {
    return this.#routed.source?.complete ?? false;
  }

  get last(): string {
    return this.#routed.source?.last ?? "";
  }

  async next(): Promise<Chunk | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      return done ? undefined : value;
    } catch (error) {
      const { failure } = this.#routed;
      if (failure) throw failure.error;
      // The library's own errors hold the request: only what they say is passed on.
      const said = shortLine(errorMessage(error));
      throw this.errors.notSent("MODEL_BAD_REQUEST", `@huggingface/inference did not send the request: ${said}`);
    }
  }

  async close(complete: boolean): Promise<void> {
    await this.#routed.source?.close(complete);
    await this.#chunks.return(undefined).catch(() => undefined);
  }
}
