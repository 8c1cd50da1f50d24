// The public API of @smoltools/hub/server. Adding a name here makes it public: named exports only.

export { serveHub, type HubServer } from "./serve-hub.ts";
export type { HubServerOptions } from "./hub-server-options.ts";
export { defaultHubLimits, type HubLimits } from "./hub-limits.ts";
export type { HubToken } from "./access/token-registry.ts";
export type { HubFailure } from "./http/request-handler.ts";
export { HubServerError, type HubServerErrorCode, type HubServerErrorData } from "./hub-server-error.ts";
export { emptyReleaseLog, type ReleaseEntry, type ReleaseLogHead } from "./releases/release-entry.ts";
export { verifyReleaseLog } from "./releases/verify-release-log.ts";
