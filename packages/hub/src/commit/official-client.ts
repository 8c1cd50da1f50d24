import type { CommitOperation } from "@huggingface/hub";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { HubError } from "../errors/hub-error.ts";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { answerInvalid } from "../http/parse-answer.ts";
import { responseError } from "../http/response-error.ts";
import { saidByHub } from "./said-by-hub.ts";
import { cappedFetch } from "./capped-fetch.ts";

/** A commit to make. */
export interface CommitRequest extends HubCallOptions {
  branch: string;
  title: string;
  /** Text below the title. */
  description?: string;
  /** The commit that must be the branch's head; another one is a conflict. */
  parent: string | undefined;
  write: readonly (readonly [path: string, bytes: Uint8Array])[];
  remove: readonly string[];
}

/** Makes a static Space, which is free on the Hugging Face Hub and which smolagents can load from. */
export async function createRepo(
  client: HubClient,
  { repo, repoType }: Repo,
  isPrivate: boolean,
  { signal }: HubCallOptions = {},
): Promise<void> {
  const hub = await import("@huggingface/hub");
  await mapped(client, repo, signal, async (connection) =>
    hub.createRepo({
      repo: { type: repoType, name: repo },
      visibility: isPrivate ? "private" : "public",
      ...(repoType === "space" && { sdk: "static" as const }),
      ...connection,
    }),
  );
}

/**
 * Makes one commit.
 *
 * @returns Its id, 40 hexadecimal digits, as the hub tells it.
 * @throws HubError `HUB_CONFLICT` when `parent` is not the head any more.
 */
export async function commitFiles(
  client: HubClient,
  { repo, repoType }: Repo,
  { branch, title, description, parent, write, remove, signal }: CommitRequest,
): Promise<string> {
  const hub = await import("@huggingface/hub");
  const operations: CommitOperation[] = [
    ...write.map(([path, bytes]): CommitOperation => ({
      operation: "addOrUpdate",
      path,
      content: new Blob([new Uint8Array(bytes)]),
    })),
    ...remove.map((path): CommitOperation => ({ operation: "delete", path })),
  ];
  const output = await mapped(client, repo, signal, async (connection) =>
    hub.commit({
      repo: { type: repoType, name: repo },
      title,
      ...(description !== undefined && { description }),
      operations,
      branch,
      ...(parent !== undefined && { parentCommit: parent }),
      ...connection,
      ...(signal && { abortSignal: signal }),
    }),
  );
  const oid = output?.commit.oid;
  if (typeof oid === "string" && /^[0-9a-f]{40}$/.test(oid)) return oid;
  throw answerInvalid(client.host, "it does not say which commit it made", repo);
}

interface Connection {
  hubUrl: string;
  accessToken: string;
  fetch: typeof globalThis.fetch;
}

/** Runs work of the official client, and turns its errors into ours. */
async function mapped<T>(
  client: HubClient,
  repo: string,
  signal: AbortSignal | undefined,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { HubApiError } = await import("@huggingface/hub");
  const accessToken = await requireToken(client);
  const fetch = cappedFetch(client.fetch, repo, signal);
  try {
    return await work({ hubUrl: client.hubUrl, accessToken, fetch });
  } catch (error) {
    if (isSmoltoolsError(error) || signal?.aborted) throw error;
    // What else it throws is about answers that it cannot make sense of.
    if (!(error instanceof HubApiError)) throw answerInvalid(client.host, errorMessage(error), repo, error);
    const { statusCode } = error;
    const response = new Response(JSON.stringify({ error: saidByHub(error) }), {
      status: statusCode >= 300 && statusCode < 600 ? statusCode : 502,
      headers: { "content-type": "application/json" },
    });
    throw await responseError(response, repo, client.host);
  }
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
