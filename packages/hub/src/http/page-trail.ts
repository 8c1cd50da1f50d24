import { answerInvalid } from "./parse-answer.ts";

/** Most pages of one list. */
const maxPages = 10_000;

/** Most pages one after another that have nothing on them. */
const maxEmptyPages = 10;

/**
 * Finds the way from page to page of a list, and notices one that leads elsewhere, in a circle, or nowhere for ever.
 */
export class PageTrail {
  readonly #hubUrl: string;
  readonly #host: string;
  readonly #seen = new Set<string>();
  #emptyPages = 0;

  /** @param hubUrl - Base address of the hub, without a trailing slash. */
  constructor(hubUrl: string) {
    this.#hubUrl = hubUrl;
    this.#host = new URL(hubUrl).host;
  }

  /**
   * The path of the next page, from the hub's base address on. `Link: <url>; rel="next"`.
   *
   * @param path - That of the page at hand.
   * @param count - How many items it had.
   * @returns `undefined` at the end of the list.
   * @throws HubError `HUB_RESPONSE_INVALID` for a list that does not get on.
   */
  next(path: string, headers: Headers, count: number): string | undefined {
    const url = /<([^<>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1];
    if (url === undefined) return undefined;
    if (!url.startsWith(`${this.#hubUrl}/`)) throw answerInvalid(this.#host, "its next page is on another host");
    const next = url.slice(this.#hubUrl.length);
    this.#seen.add(path);
    if (this.#seen.has(next)) throw answerInvalid(this.#host, "its pages go in a circle");
    if (this.#seen.size >= maxPages) throw answerInvalid(this.#host, `its list has more than ${maxPages} pages`);
    this.#emptyPages = count === 0 ? this.#emptyPages + 1 : 0;
    if (this.#emptyPages >= maxEmptyPages) throw answerInvalid(this.#host, "its list goes on with empty pages");
    return next;
  }
}
