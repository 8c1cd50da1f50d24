import { json } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";

/** The Python client asks for this once a day. Protocol section 1.0, "Implicit calls". */
export const agentHarnessesRoutes: readonly Route[] = [
  { method: "GET", path: "/api/agent-harnesses", handle: () => json({ standardEnvVars: [], harnesses: {} }) },
];
