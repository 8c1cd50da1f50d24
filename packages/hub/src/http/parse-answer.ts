import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { HubError } from "../errors/hub-error.ts";
import { parseStrictJson } from "../shared/parse-strict-json.ts";

/**
 * Reads an answer of a hub's API, and holds it against its form before anybody believes it.
 *
 * @param host - The hub, for errors.
 * @throws HubError `HUB_RESPONSE_INVALID`.
 */
export function parseAnswer<T>(bytes: Uint8Array, form: JsonSchema, host: string): T {
  let json: unknown;
  try {
    json = parseStrictJson(new TextDecoder().decode(bytes));
  } catch (error) {
    throw answerInvalid(host, errorMessage(error));
  }
  const findings = new SchemaValidator(form).findings(json);
  if (findings.length > 0) throw answerInvalid(host, findingsText(findings));
  return json as T;
}

/**
 * The error for an answer that no hub gives.
 *
 * @param repo - What was asked about, where that is a repo.
 */
export function answerInvalid(host: string, why: string, repo?: string, cause?: unknown): HubError {
  return new HubError(`${host} does not answer as a hub does (${why}): is the address right?`, {
    code: "HUB_RESPONSE_INVALID",
    ...(repo !== undefined && { data: { repo } }),
    cause,
  });
}
