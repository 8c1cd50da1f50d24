import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import { textField } from "../shared/json-access.ts";
import { hiddenParameters, securityOf } from "./auth/security.ts";
import type { OpenApiDocument } from "./document/openapi-document.ts";
import type { OperationObject } from "./document/operations.ts";
import { serverOf } from "./document/servers.ts";
import { bodyPlanOf } from "./input/body-plan.ts";
import { operationInput } from "./input/operation-input.ts";
import { parametersOf } from "./input/parameters.ts";
import type { RequestPlan } from "./request/request-plan.ts";
import { answerPlanOf } from "./response/output-schema.ts";
import { OperationSchemas } from "./schema/operation-schemas.ts";

/** Longest description: some documents hold whole chapters. */
const maxDescription = 4000;

/** All that a tool of an operation is made from. */
export interface OperationPlan {
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: JsonSchema | undefined;
  readonly request: RequestPlan;
}

/** The schemas of a document, those of several operations shared. */
export interface DocumentSchemas {
  readonly input: OperationSchemas;
  readonly output: OperationSchemas;
}

/** Makes room for the schemas of a document. */
export function schemasOf(document: OpenApiDocument, dropsBadPatterns: boolean): DocumentSchemas {
  return {
    input: new OperationSchemas(document, "input", dropsBadPatterns),
    output: new OperationSchemas(document, "output", dropsBadPatterns),
  };
}

/**
 * Plans an operation.
 *
 * @param server - Chosen by the program, see `serverOf`.
 * @throws Error that says why no tool can be made of it.
 */
export function planOperation(
  document: OpenApiDocument,
  operation: OperationObject,
  schemas: DocumentSchemas,
  server: string | undefined,
): OperationPlan {
  const { object, method, path } = operation;
  if (/^(?:HEAD|OPTIONS|TRACE)$/.test(method)) throw new Error(`its method is ${method}, whose answers hold nothing`);
  if (path.includes("#"))
    throw new Error("its path has a #, which is never sent: operations cannot be told apart by it");
  const security = securityOf(document, object);
  const refs = new Set<string>();
  const parameters = parametersOf(document, operation, schemas.input, refs, hiddenParameters(security));
  const body = bodyPlanOf(document, object["requestBody"], schemas.input, refs);
  const { schema: outputSchema, accept } = answerPlanOf(document, object["responses"], schemas.output);
  const input = operationInput(parameters, body, schemas.input, refs);
  return {
    description: descriptionOf(operation),
    annotations: annotationsOf(operation),
    inputSchema: input.schema,
    outputSchema,
    request: {
      method,
      server: serverOf(document, operation, server),
      path,
      accept,
      parameters: input.parameters,
      ...(input.body && { body: input.body }),
      security,
    },
  };
}

function descriptionOf({ object, method, path, deprecated }: OperationObject): string {
  const texts = [textField(object, "summary"), textField(object, "description")].filter((text) => text?.trim());
  const text = texts.length > 0 ? texts.join("\n\n") : `${method} ${path}`;
  const clipped = text.length > maxDescription ? `${text.slice(0, maxDescription)}…` : text;
  return deprecated ? `Deprecated. ${clipped}` : clipped;
}

/** What methods promise. Source: RFC 9110, section 9.2. */
function annotationsOf({ object, method }: OperationObject): ToolAnnotations {
  const title = textField(object, "summary");
  return {
    ...(title !== undefined && { title }),
    readOnlyHint: method === "GET",
    ...(method !== "GET" && { destructiveHint: method !== "POST" }),
    idempotentHint: method === "GET" || method === "PUT" || method === "DELETE",
    openWorldHint: true,
  };
}
