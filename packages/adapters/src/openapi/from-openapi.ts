import { type HostFetch, type JsonSchema, type ObjectSchema, type Tool, tool as makeTool } from "@smoltools/core";
import { safeCause } from "../shared/safe-cause.ts";
import { declaredAnnotations } from "../shared/tools/declared-annotations.ts";
import { type SourceToolsOptions, usableTools } from "../shared/tools/usable-tools.ts";
import { type Authenticate, namesOf } from "./auth/credentials.ts";
import { callOperation, type OperationHost } from "./call-operation.ts";
import { defaultMaxDocumentBytes, OpenApiDocument } from "./document/openapi-document.ts";
import { type OperationChoice, operationsOf } from "./document/operations.ts";
import { planOperation, schemasOf } from "./operation-plan.ts";
import type { RequestPlan } from "./request/request-plan.ts";
import { sendBy } from "./send-by-host.ts";

/** Largest body of an answer. */
const defaultMaxResponseBytes = 5 * 1024 * 1024;

/** Which operations of a document are meant, and where they are. */
export interface OpenApiSelection {
  /** Where the paths begin: `"https://api.example.org/v1"`. Default is the first server of the document. */
  server?: string | undefined;
  /** Operations by `operationId` or as `"GET /pets/{id}"`, or a function that chooses. Default is all. */
  operations?: OperationChoice | undefined;
  /** Most operations. @default 500 */
  maxOperations?: number | undefined;
  /** Largest document in bytes. @default 16 MiB */
  maxDocumentBytes?: number | undefined;
}

/** What of an OpenAPI document is declared, and how. */
export interface OpenApiToolsOptions extends SourceToolsOptions, OpenApiSelection {
  /** Declares what operations answer, and holds them to it. `false` for a document that is wrong about it. @default true */
  outputSchemas?: boolean | undefined;
  /**
   * Leaves out the patterns of schemas that are no regular expressions, or take exponential time on some texts: the server
   * checks its arguments itself. Otherwise operations with such a pattern cannot be used. @default false
   */
  dropBadPatterns?: boolean | undefined;
}

/** Options of {@link toolsFromOpenApi}. */
export interface FromOpenApiOptions extends OpenApiToolsOptions {
  /**
   * Performs the requests, and decides which hosts may be reached: `hostFetch({ hosts: requiredHosts(document) })` of
   * `@smoltools/hub/fetch`.
   */
  fetch: HostFetch;
  /** Asked for the credentials of each call that wants some. */
  auth?: Authenticate | undefined;
  /** Largest body of an answer in bytes. @default 5 MiB */
  maxResponseBytes?: number | undefined;
}

/**
 * Makes a tool of each operation of an OpenAPI document.
 *
 * The arguments of a tool are the operation's parameters by their names, and beside them the members of its body, or the
 * body as `body` where it cannot be taken apart. Results are the JSON of 2xx answers, texts, or `MediaRef`s; other
 * answers are errors that tell what the server said. Documents of OpenAPI 3.1 and 3.0 are read, and those of 3.2 as far
 * as they are like 3.1; references may lead anywhere within the document, and nowhere else.
 *
 * @param document - As it was parsed from JSON or YAML, or a text of JSON.
 * @throws ToolSourceError `SOURCE_ANSWER_INVALID` when it is not an OpenAPI document, `SOURCE_TOO_LARGE`, and
 *   `SOURCE_TOOL_INVALID` when two operations have one name, or one cannot be used and `onUnusable` is not given;
 *   AdapterError `ADAPTER_OPTIONS_INVALID` for an operation that does not exist.
 */
export async function toolsFromOpenApi(document: unknown, options: FromOpenApiOptions): Promise<Tool[]> {
  const { fetch, auth, maxResponseBytes = defaultMaxResponseBytes } = options;
  const host: OperationHost = {
    send: sendBy(fetch),
    auth,
    wayOut: (security) => `give the option auth, which is asked for ${namesOf(security, ({ name }) => name)}`,
    maxResponseBytes,
    safeCause,
  };
  const { tools } = await operationTools(document, options, (name, plan) => {
    return (args, context) => callOperation(name, plan, host, args, context);
  });
  return tools;
}

/** A tool's work, of its arguments. */
type Execute = Parameters<typeof makeTool<ObjectSchema, JsonSchema>>[0]["execute"];

/**
 * The tools of an OpenAPI document, whoever carries out what they do.
 *
 * @param executed - Makes the work of a tool by its name here and the plan of its requests.
 * @throws as {@link toolsFromOpenApi}.
 */
export async function operationTools(
  document: unknown,
  options: OpenApiToolsOptions,
  executed: (name: string, plan: RequestPlan) => Execute,
): Promise<{ read: OpenApiDocument; tools: Tool[] }> {
  const { outputSchemas = true, server } = options;
  const read = new OpenApiDocument(document, options.maxDocumentBytes ?? defaultMaxDocumentBytes);
  const operations = operationsOf(read, options.operations, options.maxOperations);
  const schemas = schemasOf(read, options.dropBadPatterns ?? false);
  const items = operations.map((operation) => ({
    name: operation.name,
    make: (name: string): Tool => {
      const { description, annotations, inputSchema, outputSchema, request } = planOperation(
        read,
        operation,
        schemas,
        server,
      );
      return makeTool<ObjectSchema, JsonSchema>({
        name,
        description,
        input: inputSchema,
        ...(outputSchema !== undefined && outputSchemas && { output: outputSchema }),
        ...declaredAnnotations(annotations, operation.operationId ?? name, name),
        origin: { kind: "openapi", document: read.name },
        execute: executed(name, request),
      });
    },
  }));
  return { read, tools: await usableTools(read.name, items, options) };
}
