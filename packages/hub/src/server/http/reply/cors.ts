const exposed = [
  "X-Repo-Commit",
  "X-Request-Id",
  "X-Error-Code",
  "X-Error-Message",
  "X-Total-Count",
  "ETag",
  "Link",
  "Accept-Ranges",
  "Content-Range",
  "X-Linked-Size",
  "X-Linked-ETag",
  "X-Xet-Hash",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
];

/**
 * The headers with which a page of any origin may use the hub. A token is sent by the page's own code, never by the
 * browser of itself, so another origin gains no rights.
 */
export const corsHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": exposed.join(", "),
};

/** What is added in the answer to a browser that asks before it sends. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, Range, X-Request-Id",
  "Access-Control-Max-Age": "86400",
};
