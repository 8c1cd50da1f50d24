import type { JsonSchema } from "../../schema/json-schema.ts";
import { findingsText } from "../../schema/schema-finding.ts";
import { SchemaValidator } from "../../schema/validation/schema-validator.ts";
import { errorMessage } from "../../errors/error-message.ts";
import { AgentError, configError } from "../agent-error.ts";
import type { FinalAnswerCheck } from "./final-answer-checks.ts";

/**
 * The schema of the final answer as a check of it.
 *
 * @throws AgentError `AGENT_CONFIG` for a bad schema.
 */
export function answerSchemaCheck(schema: JsonSchema | undefined): FinalAnswerCheck[] {
  if (schema === undefined) return [];
  const validator = compiled(schema);
  return [
    function answerSchema(answer) {
      const findings = validator.findings(answer === undefined ? null : answer);
      if (findings.length === 0) return;
      throw new AgentError(`The final answer was not accepted, because it does not fit:\n${findingsText(findings)}`, {
        code: "AGENT_CHECK_FAILED",
      });
    },
  ];
}

function compiled(schema: JsonSchema): SchemaValidator {
  try {
    return new SchemaValidator(schema);
  } catch (cause) {
    throw configError(`answerSchema is no schema: ${errorMessage(cause)}`, cause);
  }
}
