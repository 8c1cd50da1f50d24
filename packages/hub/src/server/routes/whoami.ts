import { createHash } from "node:crypto";
import { HubServerError } from "../hub-server-error.ts";
import { json } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";

/** Protocol section 1.1. */
export const whoamiRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/whoami-v2",
    handle: ({ viewer }) => {
      if (!viewer) throw new HubServerError("HUB_UNAUTHENTICATED", "Only users with a token have a name here.");
      return json({
        type: "user",
        id: accountId(viewer.name),
        name: viewer.name,
        fullname: viewer.name,
        isPro: false,
        canPay: false,
        periodEnd: null,
        avatarUrl: "",
        orgs: viewer.orgs.map((name) => ({ type: "org", id: accountId(name), name, fullname: name, avatarUrl: "" })),
        auth: {
          type: "access_token",
          accessToken: {
            displayName: viewer.token?.name ?? "hub",
            role: viewer.role,
            ...(viewer.token && { createdAt: viewer.token.createdAt }),
          },
        },
      });
    },
  },
];

/** 24 hexadecimal digits, as ids look on the Hugging Face Hub; always the same for a name. */
function accountId(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 24);
}
