// The public API of @smoltools/hub/server. Adding a name here makes it public: named exports only.

export { serveHub, type HubServer } from "./serve-hub.ts";
export { backUpHub } from "./back-up-hub.ts";
export type { HubServerOptions } from "./hub-server-options.ts";
export { defaultHubLimits, type HubLimits } from "./hub-limits.ts";
export type { HubToken } from "./access/token-registry.ts";
export { HubAccounts, type NewToken } from "./accounts/accounts.ts";
export type {
  AccountsData,
  MemberRole,
  OrgAccount,
  TokenAccount,
  TokenRole,
  UserAccount,
  UserRole,
} from "./accounts/accounts-data.ts";
export { LastUsed } from "./accounts/last-used.ts";
export type { AuditEntry } from "./audit/audit-entry.ts";
export { AuditLog, type AuditLogLimits, defaultAuditLogLimits } from "./audit/audit-log.ts";
export { defaultRateLimits, type RateLimits } from "./http/limits/rate-limiter.ts";
export type { RequestLogEntry } from "./http/record-exchange.ts";
export type { HubFailure } from "./http/request-handler.ts";
export { HubServerError, type HubServerErrorCode, type HubServerErrorData } from "./hub-server-error.ts";
export { emptyReleaseLog, type ReleaseEntry, type ReleaseLogHead } from "./releases/release-entry.ts";
export { followReleaseLog, type FollowedReleaseLog } from "./releases/follow-release-log.ts";
export { type StorageReport, verifyStorage } from "./storage/disk/verify-storage.ts";
export { verifyReleaseLog } from "./releases/verify-release-log.ts";
