import type { McpTokenStore } from "./token-store.ts";

/** How to sign in at a server: OAuth 2.1 with an authorization code and PKCE, as the protocol has it. */
export interface McpOAuth {
  /**
   * Shows the user the page to sign in at: opens a browser, or prints the address. The address comes from the server; it
   * is `https:`, or on this machine. Without it, only a sign-in that is kept in `tokenStore` is used.
   */
  onSignIn?: (url: URL) => void | Promise<void>;
  /** Keeps the sign-in. @default in memory, for this source */
  tokenStore?: McpTokenStore;
  /** Id of a client that is registered already. Without it, one is registered if the server lets it. */
  clientId?: string;
  clientSecret?: string;
  /** What is asked for, where the server does not say it. */
  scope?: string;
  /** How the program introduces itself to the user. @default "smoltools" */
  clientName?: string;
  /** Port of this machine at which the browser comes back. @default 0, a free one */
  redirectPort?: number;
  /** Longest wait for the user, in milliseconds. @default 300_000 */
  signInTimeoutMs?: number;
}

/** Default of {@link McpOAuth.signInTimeoutMs}. */
export const defaultSignInTimeoutMs = 300_000;
