import { Promise, TypeError } from "./builtins.ts";
import { callHost } from "./calls.ts";
import { fetchCall, settings } from "./host.ts";

/** What becomes of redirects: they are followed, make the request fail, or are the answer. */
export type Redirect = "follow" | "error" | "manual";

interface HostRequest {
  url: string;
  method: string;
  headers: [string, string][];
  redirect: Redirect;
  /** In base64. */
  body?: string;
}

/** What the host answers: `HostFetchResponse` of the core package. */
interface HostResponse {
  url: string;
  status: number;
  statusText: string;
  headers: [string, string][];
  /** In base64. */
  body: string;
}

/** What is needed of a signal, whether it is the engine's own or one of this folder. */
interface Signal {
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
}

/** @throws TypeError when the sandbox was given no way to fetch. */
export function checkNetwork(): void {
  if (settings.hasFetch) return;
  throw new TypeError(
    "fetch: this sandbox has no network. A tool that needs it must declare its hosts under permissions.net, and be granted them",
  );
}

/**
 * Asks the host to perform a request; it decides which hosts may be reached.
 *
 * A host that follows redirects, whatever it is asked for, is found out by the address of its answer.
 */
export async function askHost(
  { redirect, ...request }: HostRequest,
  signal: Signal | undefined,
): Promise<HostResponse & { redirected: boolean }> {
  const asked = redirect === "follow" ? request : { ...request, redirect };
  const answer = (await abortable(signal, asked)) as HostResponse;
  const redirected = withoutFragment(answer.url) !== withoutFragment(request.url);
  if (redirected && redirect !== "follow") {
    throw new TypeError(`fetch: ${request.url} redirects, which redirect: "${redirect}" does not let the host follow`);
  }
  return { ...answer, redirected };
}

function abortable(signal: Signal | undefined, message: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answer = callHost(fetchCall, [message], (cancel) => {
      signal?.addEventListener("abort", () => {
        cancel();
        reject(signal.reason);
      });
    });
    answer.then(resolve, reject);
  });
}

function withoutFragment(url: string): string {
  const start = url.indexOf("#");
  return start < 0 ? url : url.slice(0, start);
}
