import { errorMessage, isSmoltoolsError, ToolExecutionError } from "@smoltools/core";
import { lostAnswerCode, unansweredCode, unreadableAnswerCode } from "../../connection/stand-in-codes.ts";
import { fieldOf } from "../../../shared/json-access.ts";
import type { McpConnection } from "../../connection/mcp-connection.ts";
import {
  answerInvalid,
  httpStatus,
  rpcCode,
  type SourceIdentity,
  sourceFailure,
} from "../../connection/source-failure.ts";
import { serverText } from "./server-text.ts";

/** What version 2 of the SDK calls answers that it cannot use; the connection is good. */
const badAnswers = new Set(["INVALID_RESULT", "UNSUPPORTED_RESULT_TYPE", "INPUT_REQUIRED_ROUNDS_EXCEEDED"]);

/**
 * What a request that failed is reported as.
 *
 * @returns The error, and whether the connection is of no use any more.
 */
export function callFailure(
  error: unknown,
  method: string,
  connection: McpConnection,
  identity: SourceIdentity,
): { failure: Error; isOver: boolean } {
  const { ended } = connection;
  if (ended) return { failure: sourceFailure(identity, lost(method), ended), isOver: true };
  if (error instanceof Error && isSmoltoolsError(error)) return { failure: error, isOver: false };
  const code = rpcCode(error);
  if (code === lostAnswerCode) return { failure: sourceFailure(identity, lost(method), error), isOver: true };
  if (code === unansweredCode) {
    const message = `${identity.name} asked something in the middle of ${method}, and was not answered: ${errorMessage(error)}`;
    return {
      failure: new ToolExecutionError(message, { code: "TOOL_FAILED", data: { tool: method }, cause: error }),
      isOver: false,
    };
  }
  if (badAnswers.has(String(fieldOf(error, "code")))) {
    return {
      failure: answerInvalid(identity, `does not answer ${method} as the protocol wants: ${errorMessage(error)}`),
      isOver: false,
    };
  }
  if (code === unreadableAnswerCode) {
    return { failure: answerInvalid(identity, `answers ${method} with neither a result nor an error`), isOver: false };
  }
  if (code !== undefined) {
    const said = serverText(errorMessage(error), identity);
    return {
      failure: new ToolExecutionError(`${identity.name} refused ${method}: ${said}`, {
        code: "TOOL_FAILED",
        data: { tool: method },
      }),
      isOver: false,
    };
  }
  const status = httpStatus(error);
  // 404 is how a server says that it does not know the session any more.
  const isOver = status === undefined || status === 404;
  return { failure: sourceFailure(identity, isOver ? lost(method) : `did not do ${method}`, error), isOver };
}

/** Nothing is done twice by itself: what got lost may have been done. */
function lost(method: string): string {
  return method === "tools/call"
    ? "was lost during a call, which may have been done and is not repeated"
    : `was lost during ${method}`;
}
