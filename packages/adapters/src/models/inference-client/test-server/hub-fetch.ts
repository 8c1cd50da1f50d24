import type { ChatServer } from "../../shared/test-server/chat-server.ts";

/** The requests that were sent to addresses outside of this machine, and the answers of the loopback server. */
export interface HubFetch {
  fetch: typeof fetch;
  /** What was asked, as the library addressed it. */
  readonly asked: { url: string; authorization: string | null }[];
}

/**
 * A `fetch` that has a loopback server answer whatever address is asked: look-ups at the Hub come as requests, too.
 *
 * @param server - Who answers.
 */
export function hubFetch(server: ChatServer): HubFetch {
  const asked: HubFetch["asked"] = [];
  return {
    asked,
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push({ url: url.href, authorization: new Headers(init?.headers).get("authorization") });
      return fetch(new URL(url.pathname + url.search, server.baseUrl), init);
    },
  };
}
