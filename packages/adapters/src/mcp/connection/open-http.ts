import { AdapterError } from "../../shared/adapter-error.ts";
import { Deadline } from "../../shared/async/deadline.ts";
import { isLoopback } from "../../shared/loopback.ts";
import type { McpHttpServer } from "../from/mcp-server.ts";
import { defaultSignInTimeoutMs, type McpOAuth } from "../oauth/mcp-oauth.ts";
import { RedirectListener } from "../oauth/redirect-listener.ts";
import { SignIn } from "../oauth/sign-in.ts";
import { type McpTokenStore, memoryTokenStore } from "../oauth/token-store.ts";
import { limitedFetch } from "./limited-fetch.ts";
import type { McpConnection } from "./mcp-connection.ts";
import { BreakReport, connectWithin, type OpenOptions } from "./connect-within.ts";
import type { HttpTransport, SdkLine } from "./sdk/sdk-line.ts";
import { sourceFailure, sourceTimeout } from "./source-failure.ts";

const memoryStores = new WeakMap<McpOAuth, McpTokenStore>();

/** Reaches a server at an address, and signs in where it wants that. */
export async function openHttp(sdk: SdkLine, server: McpHttpServer, options: OpenOptions): Promise<McpConnection> {
  const url = new URL(server.url);
  const { oauth } = server;
  if (!oauth) return connect(sdk, url, makeTransport(sdk, server, url, undefined, options), options);
  if (url.protocol !== "https:" && !isLoopback(url)) {
    throw new AdapterError(`${options.identity.name}: a sign-in needs an address with https:`, {
      code: "ADAPTER_OPTIONS_INVALID",
    });
  }
  const tokenStore = storeOf(oauth);
  await using listener = oauth.onSignIn ? await openListener(oauth, tokenStore, url) : undefined;
  const signIn = new SignIn(options.identity, url, { ...oauth, tokenStore }, listener);
  const first = makeTransport(sdk, server, url, signIn, options);
  try {
    return await connect(sdk, url, first, options);
  } catch (error) {
    if (!signIn.isOpen) throw error;
  }
  await finish(first.transport, signIn, oauth, options);
  return connect(sdk, url, makeTransport(sdk, server, url, signIn, options), options);
}

interface Prepared {
  transport: HttpTransport;
  report: BreakReport;
}

function makeTransport(
  sdk: SdkLine,
  server: McpHttpServer,
  url: URL,
  authProvider: SignIn | undefined,
  { identity, limits }: OpenOptions,
): Prepared {
  const { headers = {}, transport: kind = "http" } = server;
  const report = new BreakReport();
  const fetch = limitedFetch({
    server: identity.name,
    url,
    headers,
    maxMessageBytes: limits.maxMessageBytes,
    onBroken: report.broken,
    onDeaf: report.deaf,
    answersByGet: kind === "sse",
  });
  return { transport: sdk.httpTransport(url, { kind, fetch, authProvider }), report };
}

async function connect(
  sdk: SdkLine,
  url: URL,
  { transport, report }: Prepared,
  options: OpenOptions,
): Promise<McpConnection> {
  try {
    return await connectWithin(sdk, transport, report, {
      ...options,
      // The server need not keep the session until it is too old.
      farewell: async () => transport.terminateSession?.(),
    });
  } catch (error) {
    await transport.close().catch(() => undefined);
    options.signal.throwIfAborted();
    throw sourceFailure(options.identity, `cannot be reached at ${url.origin}${url.pathname}`, report.why ?? error);
  }
}

/** Waits for the user, and has the code that the browser came back with exchanged for tokens. */
async function finish(
  transport: HttpTransport,
  signIn: SignIn,
  { signInTimeoutMs = defaultSignInTimeoutMs }: McpOAuth,
  { identity, signal }: OpenOptions,
): Promise<void> {
  using deadline = new Deadline(signal);
  deadline.arm(signInTimeoutMs, () =>
    sourceTimeout(identity, "got no answer from the sign-in", signInTimeoutMs, "oauth.signInTimeoutMs"),
  );
  const answer = await signIn.answer(deadline.signal);
  try {
    await transport.finishAuth(answer);
  } catch (error) {
    throw sourceFailure(identity, "refused the sign-in", error);
  }
}

function storeOf(oauth: McpOAuth): McpTokenStore {
  if (oauth.tokenStore) return oauth.tokenStore;
  const store = memoryStores.get(oauth) ?? memoryTokenStore();
  memoryStores.set(oauth, store);
  return store;
}

/** The port of last time is taken again: the registration is good for that one. */
async function openListener(oauth: McpOAuth, store: McpTokenStore, url: URL): Promise<RedirectListener> {
  if (oauth.redirectPort !== undefined) return RedirectListener.open(oauth.redirectPort);
  const { redirectUrl } = (await store.get(`${url.origin}${url.pathname}`)) ?? {};
  const before = redirectUrl === undefined ? 0 : Number(new URL(redirectUrl).port);
  return RedirectListener.open(before).catch(() => RedirectListener.open(0));
}
