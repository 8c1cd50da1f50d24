/** More of an answer is not looked at: nobody asks for so many, and each one takes time. */
export const mostItems = 1000;

/** One page that a search found. */
export interface SearchResult {
  title: string;
  /** Address of the page. */
  url: string;
  /** A piece of its text; empty when the engine gives none. */
  snippet: string;
}
