import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import type { AuditEntry } from "../audit/audit-entry.ts";
import type { Hub } from "../hub.ts";
import { repoPath } from "../repo/repo-key.ts";
import { isRefusal } from "./reply/error-forms.ts";
import type { Exchange } from "./exchange.ts";
import { repoKeyIn } from "./request/hub-request.ts";

/** One line of the request log. */
export interface RequestLogEntry {
  /** ISO 8601, UTC. */
  at: string;
  /** The `X-Request-Id` of the answer. */
  id: string;
  method: string;
  /** Without the query, which may hold what somebody searched for. */
  path: string;
  status: number;
  /** From the head of the request until the answer was ready. */
  ms: number;
  user: string | null;
  address: string;
}

/**
 * Writes down what became of a request: in the audit log if it changes something or tried a wrong token, in the
 * request log always.
 */
export function recordExchange(hub: Hub, exchange: Exchange, status: number): void {
  const at = new Date().toISOString();
  const { id, method, path, address, startedAt, viewer } = exchange;
  const action = actionOf(exchange);
  if (action !== undefined) hub.audit.write(auditEntry(exchange, action, status, at));
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  try {
    hub.onRequest?.({ at, id, method, path, status, ms, user: viewer?.name ?? null, address });
  } catch (error) {
    // A log that fails is no reason to fail the request.
    hub.report(error);
  }
}

/** Longest text of a client's that is written down. */
const maxText = 300;

/** What a request is called in the audit log; `undefined`: it is not in there. */
function actionOf({ route, error }: Exchange): string | undefined {
  // Who asks too often would fill the log, and push out what matters.
  if (isSmoltoolsError(error, "HUB_TOO_MANY_REQUESTS")) return undefined;
  if (isSmoltoolsError(error, "HUB_BAD_TOKEN")) return "sign-in";
  return route?.action;
}

function auditEntry(exchange: Exchange, action: string, status: number, at: string): AuditEntry {
  const { id, address, viewer, notes, params, error } = exchange;
  const key = params && repoKeyIn(params);
  const target = (notes.target ?? (key && repoPath(key)))?.slice(0, maxText);
  const facts = Object.entries(notes.facts).map(([name, text]) => [name, text.slice(0, maxText)] as const);
  return {
    at,
    action,
    user: viewer?.name ?? null,
    ...(viewer?.token && { token: viewer.token.id }),
    from: address,
    ...(target !== undefined && { target }),
    result: error === undefined ? "ok" : isRefusal(error) ? "refused" : "failed",
    status,
    ...(isRefusal(error) && { error: errorMessage(error).slice(0, maxText) }),
    request: id,
    ...(facts.length > 0 && { facts: Object.fromEntries(facts) }),
  };
}
