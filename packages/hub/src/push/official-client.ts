import type { CommitOperation } from "@huggingface/hub";
import { HubError } from "../errors/hub-error.ts";
import type { HubClient, Repo } from "../http/hub-client.ts";
import { responseError } from "../http/response-error.ts";

/** A commit to make. */
export interface CommitRequest {
  title: string;
  /** The commit that must be the branch's head; another one is a conflict. */
  parent: string | undefined;
  write: [path: string, bytes: Uint8Array][];
  remove: string[];
  signal: AbortSignal | undefined;
}

/** Makes a static Space, which is free on the Hugging Face Hub and which smolagents can load from. */
export async function createRepo(
  client: HubClient,
  { repo, repoType }: Repo,
  isPrivate: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const hub = await import("@huggingface/hub");
  await mapped(client, repo, async () =>
    hub.createRepo({
      repo: { type: repoType, name: repo },
      visibility: isPrivate ? "private" : "public",
      ...(repoType === "space" && { sdk: "static" as const }),
      hubUrl: client.hubUrl,
      accessToken: await requireToken(client),
      fetch: withSignal(client.fetch, signal),
    }),
  );
}

/**
 * Makes one commit on `main`.
 *
 * @returns Its id, 40 hexadecimal digits.
 * @throws HubError `HUB_CONFLICT` when `parent` is not the head any more.
 */
export async function commitFiles(
  client: HubClient,
  { repo, repoType }: Repo,
  request: CommitRequest,
): Promise<string> {
  const hub = await import("@huggingface/hub");
  const operations: CommitOperation[] = [
    ...request.write.map(([path, bytes]): CommitOperation => ({
      operation: "addOrUpdate",
      path,
      content: new Blob([new Uint8Array(bytes)]),
    })),
    ...request.remove.map((path): CommitOperation => ({ operation: "delete", path })),
  ];
  const output = await mapped(client, repo, async () =>
    hub.commit({
      repo: { type: repoType, name: repo },
      title: request.title,
      operations,
      branch: "main",
      ...(request.parent !== undefined && { parentCommit: request.parent }),
      hubUrl: client.hubUrl,
      accessToken: await requireToken(client),
      fetch: withSignal(client.fetch, request.signal),
      ...(request.signal && { abortSignal: request.signal }),
    }),
  );
  const oid = output?.commit.oid;
  if (oid === undefined || !/^[0-9a-f]{40}$/.test(oid)) {
    throw new HubError(`${client.host} did not say which commit it made`, {
      code: "HUB_RESPONSE_INVALID",
      data: { repo },
    });
  }
  return oid;
}

async function requireToken(client: HubClient): Promise<string> {
  const token = await client.token();
  if (token === undefined) {
    throw new HubError(`Publishing on ${client.host} needs a token with write access: set HF_TOKEN`, {
      code: "HUB_UNAUTHORIZED",
    });
  }
  if (!token.startsWith("hf_")) {
    throw new HubError("The token does not start with hf_: it is not one of a hub", { code: "HUB_UNAUTHORIZED" });
  }
  return token;
}

/** Turns the official client's errors into ours. */
async function mapped<T>(client: HubClient, repo: string, work: () => Promise<T>): Promise<T> {
  const { HubApiError } = await import("@huggingface/hub");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HubApiError)) throw error;
    const response = new Response(JSON.stringify({ error: error.message }), {
      status: error.statusCode,
      headers: { "content-type": "application/json" },
    });
    throw await responseError(response, repo, client.host);
  }
}

function withSignal(fetch: typeof globalThis.fetch, signal: AbortSignal | undefined): typeof globalThis.fetch {
  if (!signal) return fetch;
  return (input, init) =>
    fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal });
}
