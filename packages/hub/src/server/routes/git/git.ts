import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { openReadable } from "../../access/open-repo.ts";
import { advertiseRefs, uploadPack, type UploadPackOptions } from "../../git/upload-pack.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { errorReply, isRefusal } from "../../http/reply/error-forms.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import type { Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import type { RepoStore } from "../../storage/hub-storage.ts";
import { gitRepoKey, gitRoutePair } from "./git-repo-key.ts";

/** How much larger a request may be unpacked than it came. */
const maxExpansion = 8;

/**
 * `git clone` and `git fetch` over HTTP, by the git that is installed. There is no `git push`: what changes a repo goes
 * through the locks of the hub and, for versions, through the release log.
 *
 * Source: https://git-scm.com/docs/http-protocol
 */
export const gitRoutes: readonly Route[] = [
  { method: "GET", path: "info/refs", basicAuth: true, handle: asText(sendRefs) } as const,
  { method: "POST", path: "git-upload-pack", basicAuth: true, handle: asText(sendPack) } as const,
  { method: "POST", path: "git-receive-pack", basicAuth: true, handle: asText(refusePush) } as const,
].flatMap(gitRoutePair);

async function sendRefs(request: HubRequest, hub: Hub): Promise<Reply> {
  const repo = await openReadable(hub, request.viewer, gitRepoKey(request));
  const service = request.query.get("service");
  if (service === "git-receive-pack") refusePush();
  if (service !== "git-upload-pack") {
    throw new HubServerError("HUB_FORBIDDEN", "This git is too old: the hub speaks the smart HTTP protocol only.");
  }
  const body = await whileInTurn(hub, request, repo, advertiseRefs);
  return { status: 200, headers: gitHeaders("application/x-git-upload-pack-advertisement"), body };
}

async function sendPack(request: HubRequest, hub: Hub): Promise<Reply> {
  const repo = await openReadable(hub, request.viewer, gitRepoKey(request));
  const input = await unpack(request, hub.limits.maxBodyBytes);
  const body = await whileInTurn(hub, request, repo, (options) => uploadPack(input, options));
  return { status: 200, headers: gitHeaders("application/x-git-upload-pack-result"), body };
}

function refusePush(): never {
  throw new HubServerError(
    "HUB_FORBIDDEN",
    "This hub takes no git push: publish with smoltools push, or commit with @huggingface/hub or huggingface_hub.",
  );
}

/** Runs git when it is its turn. The turn ends when all that git writes was sent, or nobody reads it any more. */
async function whileInTurn(
  hub: Hub,
  { headers, signal }: HubRequest,
  { gitdir }: RepoStore,
  run: (options: UploadPackOptions) => Promise<Readable>,
): Promise<Readable> {
  const protocol = [headers["git-protocol"]].flat()[0];
  const turn = await hub.gitGate.enter("git", signal);
  try {
    const output = await run({ gitdir, protocol, signal, timeoutMs: hub.limits.gitTimeoutMs });
    output.once("close", () => turn[Symbol.dispose]());
    return output;
  } catch (error) {
    turn[Symbol.dispose]();
    throw error;
  }
}

/** Git packs requests of over a kilobyte. */
async function unpack({ body, headers }: HubRequest, maxBytes: number): Promise<Uint8Array> {
  const bytes = await body.bytes(maxBytes);
  if (headers["content-encoding"] !== "gzip") return bytes;
  try {
    return await promisify<Buffer, object, Buffer>(gunzip)(bytes, { maxOutputLength: maxBytes * maxExpansion });
  } catch (cause) {
    throw new HubServerError("HUB_BAD_REQUEST", "The request cannot be unpacked.", { cause });
  }
}

function gitHeaders(type: string): Record<string, string> {
  return { "Content-Type": type, "Cache-Control": "no-cache, max-age=0, must-revalidate" };
}

/** Git shows its user an error only as plain text. */
function asText(handle: Route["handle"]): Route["handle"] {
  return async (request, hub) => {
    try {
      return await handle(request, hub);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { status, headers } = errorReply(error, request.viewer === undefined);
      return {
        status,
        headers: { ...headers, "Content-Type": "text/plain; charset=utf-8" },
        body: `${error.message}\n`,
      };
    }
  };
}
