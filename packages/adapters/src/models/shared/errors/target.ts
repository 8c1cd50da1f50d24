/** Whom a request goes to, as far as errors tell of it. */
export interface Target {
  /** The address that is asked; its query may hold a secret. */
  readonly url: URL;
  /** The address without its query. */
  readonly shownUrl: string;
  /** True when the request tells the provider who asks. */
  readonly sendsKey: boolean;
  /** What to do when the provider asks for a key and none was sent. */
  readonly noKeyHint: string;
  /** What to check when the provider finds nothing at the address. */
  readonly notFoundHint: string;
  /** What to do when the provider redirects. */
  readonly redirectHint: string;
  /** What to check when a page for people comes instead of an answer. */
  readonly pageHint: string;
}
