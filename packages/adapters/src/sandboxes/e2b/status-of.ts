import { fieldOf } from "../../shared/json-access.ts";

/** Errors of E2B's library that stand for one status, by their names. */
const statuses: Readonly<Record<string, number>> = {
  AuthenticationError: 401,
  RateLimitError: 429,
  ServiceBusyError: 503,
};

/** The HTTP status that an error of E2B's library tells of. */
export function statusOf(error: unknown): number | undefined {
  const status = fieldOf(error, "statusCode");
  if (typeof status === "number") return status;
  return error instanceof Error ? statuses[error.name] : undefined;
}
