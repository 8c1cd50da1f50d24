/** One line of the audit log: who did what, with which result. Never holds a token. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  at: string;
  /** What was done or tried, such as `repo.create` or `commit`. */
  action: string;
  /** Who: the name of a user; `null` for somebody without a valid token. */
  user: string | null;
  /** The id of the token that was used. */
  token?: string;
  /** The address that it came from, or `command line`. */
  from: string;
  /** The repo or collection, such as `spaces/acme/weather`. */
  target?: string;
  result: "ok" | "refused" | "failed";
  /** The status of the answer. */
  status?: number;
  /** Why it was refused. */
  error?: string;
  /** `X-Request-Id` of the answer. */
  request?: string;
  /** What else is to be known, such as the tag that was made. */
  facts?: Record<string, string>;
}
