import { ToolSourceError } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { AdapterError } from "../../shared/adapter-error.ts";
import type { OpenApiDocument } from "./openapi-document.ts";

/** Most operations of which tools are made. */
const defaultMaxOperations = 500;

const methods: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** An operation of a document, by what tells it from the others. */
export interface OpenApiOperation {
  /** Absent where the document gives none. */
  readonly operationId?: string | undefined;
  /** In upper case. */
  readonly method: string;
  /** As the document has it: `/pets/{id}`. */
  readonly path: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** The same, with what the document says of it. */
export interface OperationObject extends OpenApiOperation {
  /** `operationId`, or method and path. */
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** What holds for all operations of the path: servers and parameters. */
  readonly pathItem: Readonly<Record<string, unknown>>;
}

/** Which operations are meant: by `operationId` or as `"GET /pets/{id}"`, or those for which a function says so. */
export type OperationChoice = readonly string[] | ((operation: OpenApiOperation) => boolean);

/**
 * The operations of a document.
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for a chosen operation that does not exist; ToolSourceError
 *   `SOURCE_TOO_LARGE` when there are more than `maxOperations`.
 */
export function operationsOf(
  document: OpenApiDocument,
  choice?: OperationChoice,
  maxOperations: number = defaultMaxOperations,
): OperationObject[] {
  const all = Object.entries(recordOf(document.root["paths"])).flatMap(([path, item]) => {
    if (!path.startsWith("/")) return [];
    const pathItem = pathItemOf(document, item);
    return Object.entries(pathItem).flatMap(([method, object]) =>
      methods.has(method) && isRecord(object) ? [operation(method, path, object, pathItem)] : [],
    );
  });
  const chosen = chosenOf(all, choice);
  if (chosen.length > maxOperations) {
    throw new ToolSourceError(
      `${document.name} has ${chosen.length} operations, more than ${maxOperations}: choose some with the option ` +
        "operations, or raise maxOperations",
      { code: "SOURCE_TOO_LARGE", data: { source: document.name } },
    );
  }
  return chosen;
}

function operation(
  method: string,
  path: string,
  object: Record<string, unknown>,
  pathItem: Readonly<Record<string, unknown>>,
): OperationObject {
  const operationId = textField(object, "operationId");
  const tags = fieldOf(object, "tags");
  return {
    operationId,
    // Without an id, the path in words: get_pets_id.
    name:
      operationId ??
      `${method}_${path
        .split(/[^A-Za-z0-9]+/)
        .filter(Boolean)
        .join("_")}`,
    method: method.toUpperCase(),
    path,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [],
    deprecated: object["deprecated"] === true,
    object,
    pathItem,
  };
}

/** A path may stand elsewhere in the document. One that cannot be found has no operations that could be named. */
function pathItemOf(document: OpenApiDocument, item: unknown): Readonly<Record<string, unknown>> {
  try {
    return document.resolve(item);
  } catch {
    return {};
  }
}

function chosenOf(all: OperationObject[], choice: OperationChoice | undefined): OperationObject[] {
  if (choice === undefined) return all;
  if (typeof choice === "function") return all.filter((one) => choice(one));
  return choice.map((wanted) => {
    const found = all.find((one) => one.operationId === wanted || `${one.method} ${one.path}` === wanted);
    if (found) return found;
    throw new AdapterError(
      `There is no operation ${JSON.stringify(wanted)} in the document: name one by its operationId, or as "GET /path"`,
      { code: "ADAPTER_OPTIONS_INVALID" },
    );
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
