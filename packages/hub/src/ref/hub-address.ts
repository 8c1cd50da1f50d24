/** What the web address of a page of a hub says. */
export interface HubAddress {
  /** `owner/name`, with `spaces/` or `datasets/` before it. */
  location: string;
  /** Named by the address itself: a branch, tag or commit. */
  revision?: string;
}

/** Pages of a repo whose address names a revision. */
const revisionPages = new Set(["tree", "blob", "raw", "resolve", "commit", "commits"]);

/** Other names under which the public Hub is reached. */
const aliases: Readonly<Record<string, string>> = { "hf.co": "huggingface.co", "www.huggingface.co": "huggingface.co" };

/**
 * Reads the address of a repo, or of something in it, as people copy it from their browser:
 * `https://huggingface.co/spaces/acme/weather`, `…/tree/v1.2.0`, `…/blob/main/tool.json`.
 *
 * @param text - Without `@revision` and `#tool`.
 * @param hubUrl - The hub that is asked: an address of another one would name a package there.
 * @returns What is wrong, as a text, for an address that names no repo of this hub.
 */
export function readHubAddress(text: string, hubUrl: string): HubAddress | string {
  if (!URL.canParse(text)) return "it is not a web address";
  const url = new URL(text);
  const hub = new URL(hubUrl);
  const host = aliases[url.host] ?? url.host;
  if (host.endsWith(".hf.space")) return "it is the address of a running Space: use the one of its page on the hub";
  if (host !== hub.host) {
    return `it is an address on ${url.host}, and the hub that is asked is ${hub.host}: set the hub's address (HF_ENDPOINT, or hubUrl)`;
  }
  const prefix = hub.pathname.replace(/\/+$/, "");
  if (!`${url.pathname}/`.startsWith(`${prefix}/`)) return `it is not below ${hubUrl}`;
  return readPath(url.pathname.slice(prefix.length));
}

function readPath(pathname: string): HubAddress | string {
  const names: string[] = [];
  for (const part of pathname.split("/").filter((name) => name !== "")) {
    try {
      names.push(decodeURIComponent(part));
    } catch {
      return "its path is not encoded as addresses are";
    }
  }
  const depth = names[0] === "spaces" || names[0] === "datasets" || names[0] === "models" ? 3 : 2;
  const [page, revision] = names.slice(depth);
  const location = names
    .slice(0, depth)
    .join("/")
    .replace(/\.git$/, "");
  // Everything of the Hub that is no Space or data set is a model: it has no prefix in addresses.
  const named = depth === 2 ? `models/${location}` : location;
  return page !== undefined && revisionPages.has(page) && revision !== undefined
    ? { location: named, revision }
    : { location: named };
}
