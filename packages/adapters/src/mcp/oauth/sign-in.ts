import { randomBytes } from "node:crypto";
import { ToolSourceError } from "@smoltools/core";
import { isLoopback } from "../../shared/loopback.ts";
import { textField } from "../../shared/json-access.ts";
import { clientInfo } from "../connection/sdk/sdk-line.ts";
import type { SourceIdentity } from "../connection/source-failure.ts";
import type { McpOAuth } from "./mcp-oauth.ts";
import type { RedirectListener } from "./redirect-listener.ts";
import type { McpCredentials, McpTokenStore } from "./token-store.ts";

/**
 * One sign-in at one server: what the SDKs call an `OAuthClientProvider`, the same for both lines.
 *
 * Source: MCP 2025-11-25, authorization; RFC 8252 for the address that the browser comes back to.
 */
export class SignIn {
  readonly #identity: SourceIdentity;
  readonly #key: string;
  readonly #oauth: McpOAuth;
  readonly #store: McpTokenStore;
  readonly #listener: RedirectListener | undefined;
  readonly #state: string = randomBytes(32).toString("base64url");
  #verifier = "";
  #discovered: unknown;
  #asked = false;

  /**
   * @param identity - Of the server; it learns the tokens.
   * @param url - Its address.
   * @param listener - Where the browser comes back to; `undefined` where no user can be asked.
   */
  constructor(
    identity: SourceIdentity,
    url: URL,
    oauth: McpOAuth & { tokenStore: McpTokenStore },
    listener: RedirectListener | undefined,
  ) {
    this.#identity = identity;
    identity.learn(oauth.clientSecret === undefined ? [] : [oauth.clientSecret]);
    this.#key = `${url.origin}${url.pathname}`;
    this.#oauth = oauth;
    this.#store = oauth.tokenStore;
    this.#listener = listener;
  }

  /** Whether the user was shown a page, so that an answer is to be waited for. */
  get isOpen(): boolean {
    return this.#asked;
  }

  get redirectUrl(): string {
    return this.#listener?.url ?? "http://127.0.0.1/callback";
  }

  get clientMetadata(): {
    client_name: string;
    redirect_uris: string[];
    grant_types: string[];
    response_types: string[];
    token_endpoint_auth_method: string;
    scope?: string;
  } {
    const { clientName = clientInfo.name, clientSecret, scope } = this.#oauth;
    return {
      client_name: clientName,
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: clientSecret === undefined ? "none" : "client_secret_post",
      ...(scope !== undefined && { scope }),
    };
  }

  state(): string {
    return this.#state;
  }

  async clientInformation(): Promise<Record<string, unknown> | undefined> {
    const { clientId, clientSecret } = this.#oauth;
    if (clientId !== undefined) {
      return { client_id: clientId, ...(clientSecret !== undefined && { client_secret: clientSecret }) };
    }
    const { client, tokens, redirectUrl } = await this.#kept();
    // A registration is good for one address. Where tokens are refreshed, no browser comes back.
    return redirectUrl === this.redirectUrl || tokens !== undefined ? client : undefined;
  }

  async saveClientInformation(client: Record<string, unknown>): Promise<void> {
    await this.#keep({ client, redirectUrl: this.redirectUrl });
  }

  async tokens(): Promise<Record<string, unknown> | undefined> {
    return (await this.#kept()).tokens;
  }

  async saveTokens(tokens: Record<string, unknown>): Promise<void> {
    await this.#keep({ tokens });
  }

  async redirectToAuthorization(url: URL): Promise<void> {
    const { onSignIn } = this.#oauth;
    if (!this.#listener || !onSignIn) throw this.#refused("it wants a sign-in: give oauth.onSignIn to show its page");
    // The address is the server's word. One of another kind would start whatever program opens it.
    if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
      throw this.#refused(`its sign-in page has an address of another kind, ${url.protocol}`);
    }
    this.#asked = true;
    await onSignIn(url);
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  saveDiscoveryState(state: unknown): void {
    this.#discovered = state;
  }

  discoveryState(): unknown {
    return this.#discovered;
  }

  async invalidateCredentials(scope: "all" | "client" | "tokens" | "verifier" | "discovery"): Promise<void> {
    if (scope === "verifier") this.#verifier = "";
    if (scope === "discovery" || scope === "all") this.#discovered = undefined;
    const { client, tokens, redirectUrl, ...rest } = await this.#kept();
    const isKept = (part: "client" | "tokens"): boolean => scope !== "all" && scope !== part;
    await this.#store.set(this.#key, {
      ...rest,
      ...(isKept("client") && client && { client, ...(redirectUrl !== undefined && { redirectUrl }) }),
      ...(isKept("tokens") && tokens && { tokens }),
    });
  }

  /**
   * Waits for the user.
   *
   * @returns What the browser came back with.
   * @throws ToolSourceError `SOURCE_UNAUTHORISED` when the user, or the server, said no.
   */
  async answer(signal: AbortSignal): Promise<URLSearchParams> {
    if (!this.#listener) throw this.#refused("it wants a sign-in");
    const answer = await this.#listener.answer(this.#state, signal);
    if (answer.get("code") === null) {
      throw this.#refused(`the sign-in was refused (${answer.get("error")?.slice(0, 100) ?? "without a reason"})`);
    }
    return answer;
  }

  #refused(why: string): ToolSourceError {
    const { name } = this.#identity;
    return new ToolSourceError(`${name}: ${why}`, {
      code: "SOURCE_UNAUTHORISED",
      data: { source: name },
    });
  }

  async #kept(): Promise<McpCredentials> {
    const kept = (await this.#store.get(this.#key)) ?? {};
    this.#learn(kept);
    return kept;
  }

  /** Tokens must not be in errors. */
  #learn({ tokens, client }: McpCredentials): void {
    const secrets = [
      textField(tokens, "access_token"),
      textField(tokens, "refresh_token"),
      textField(client, "client_secret"),
    ];
    this.#identity.learn(secrets.flatMap((secret) => secret ?? []));
  }

  async #keep(part: McpCredentials): Promise<void> {
    this.#learn(part);
    await this.#store.set(this.#key, { ...(await this.#kept()), ...part });
  }
}
