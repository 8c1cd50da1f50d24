import { HubServerError } from "../hub-server-error.ts";
import type { Route } from "../http/router.ts";

const base = "/api/:type/:namespace/:name";

/** What the Hugging Face Hub has and this one has not, and what to do instead. */
const missing: readonly [what: string, instead: string, ...routes: [Route["method"], string][]][] = [
  [
    "discussions and pull requests",
    "commit to a branch",
    ["GET", `${base}/discussions`],
    ["POST", `${base}/discussions`],
    ["GET", `${base}/discussions/*`],
    ["POST", `${base}/discussions/*`],
  ],
  [
    "Xet",
    "set HF_HUB_DISABLE_XET=1, and large files go by Git LFS",
    ["GET", `${base}/xet-write-token/*`],
    ["GET", `${base}/xet-read-token/*`],
  ],
  [
    "running Spaces",
    "start them elsewhere, and tell the hub where",
    ["GET", `${base}/jwt`],
    ["POST", `${base}/restart`],
    ["POST", `${base}/pause`],
    ["POST", `${base}/hardware`],
    ["POST", `${base}/sleeptime`],
    ["GET", `${base}/variables`],
    ["POST", `${base}/variables`],
    ["DELETE", `${base}/variables`],
    ["GET", `${base}/secrets`],
    ["POST", `${base}/secrets`],
    ["DELETE", `${base}/secrets`],
  ],
  ["likes", "keep a collection", ["POST", `${base}/like`], ["DELETE", `${base}/like`]],
];

/** Addresses of the Hugging Face Hub that this one knows and does not serve: the answer is 501, and says why. */
export const notHereRoutes: readonly Route[] = missing.flatMap(([what, instead, ...routes]) =>
  routes.map(([method, path]): Route => {
    const handle = () => {
      throw new HubServerError("HUB_NOT_IMPLEMENTED", `This hub has no ${what}: ${instead}.`);
    };
    return { method, path, handle };
  }),
);
