import { ToolSourceError } from "@smoltools/core";
import { isRecord, parseJson, textField } from "../../shared/json-access.ts";
import { boundedCopy } from "./bounded-copy.ts";

/** Largest document in bytes. */
export const defaultMaxDocumentBytes: number = 16 * 1024 * 1024;

/** Longest chain of references that lead to one another. */
const maxHops = 32;

/** A document of OpenAPI 3, as it is read here: a copy that nobody changes. */
export class OpenApiDocument {
  readonly root: Readonly<Record<string, unknown>>;
  /** Its title and version, to name it. */
  readonly name: string;
  readonly title: string;
  /** Empty where it says none. */
  readonly version: string;
  /** Empty where it says none. */
  readonly description: string;
  /** Schemas are those of OpenAPI 3.0, not JSON Schema. */
  readonly hasOldSchemas: boolean;

  /**
   * @param document - The document as it was parsed from JSON or YAML, or a text of JSON.
   * @throws ToolSourceError `SOURCE_ANSWER_INVALID` when it is not an OpenAPI 3 document, `SOURCE_TOO_LARGE`.
   */
  constructor(document: unknown, maxBytes: number = defaultMaxDocumentBytes) {
    const root = readRoot(document, maxBytes);
    const version = textField(root, "openapi");
    if (version === undefined || !/^3\.[012]\./.test(version)) throw invalid(versionProblem(root, version));
    if (!isRecord(root["paths"])) throw invalid("it has no paths, and so no operations");
    const { info } = root;
    this.root = root;
    this.title = textField(info, "title") ?? "OpenAPI";
    this.version = textField(info, "version") ?? "";
    this.description = textField(info, "description") ?? textField(info, "summary") ?? "";
    this.name = [this.title, this.version].join(" ").trim();
    this.hasOldSchemas = version.startsWith("3.0");
  }

  /**
   * An object of the document, or what its `$ref` leads to.
   *
   * @throws Error for a reference that leads out of the document, nowhere or in a circle.
   */
  resolve(value: unknown): Readonly<Record<string, unknown>> {
    let here = value;
    for (let hop = 0; hop < maxHops; hop++) {
      if (!isRecord(here)) throw new Error("something in it is not an object where one is needed");
      const ref = here["$ref"];
      if (typeof ref !== "string") return here;
      here = this.at(ref);
    }
    throw new Error("its references lead in a circle");
  }

  /**
   * What a reference leads to.
   *
   * @throws Error for a reference that leads out of the document, or nowhere.
   */
  at(ref: string): unknown {
    const shown = JSON.stringify(ref.slice(0, 200));
    if (!ref.startsWith("#")) throw new Error(`the reference ${shown} leads out of the document: nothing is fetched`);
    if (ref !== "#" && !ref.startsWith("#/")) throw new Error(`the reference ${shown} leads nowhere: write a path`);
    let here: unknown = this.root;
    for (const key of ref.slice(1).split("/").slice(1).map(pointerKey)) {
      here = typeof here === "object" && here !== null && Object.hasOwn(here, key) ? Reflect.get(here, key) : undefined;
    }
    if (here === undefined) throw new Error(`the reference ${shown} leads nowhere`);
    return here;
  }
}

function readRoot(document: unknown, maxBytes: number): Record<string, unknown> {
  if (typeof document === "string" && document.length > maxBytes) throw tooLarge(`it is larger than ${maxBytes} bytes`);
  const parsed = typeof document === "string" ? parseJson(document) : document;
  if (typeof document === "string" && parsed === undefined) {
    throw invalid("it is not JSON: parse a YAML document first, and pass the result");
  }
  let copy: unknown;
  try {
    copy = boundedCopy(parsed, maxBytes);
  } catch (error) {
    throw tooLarge(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(copy)) throw invalid("it is not an object");
  return copy;
}

function versionProblem(root: unknown, version: string | undefined): string {
  if (textField(root, "swagger") !== undefined) return "it is of Swagger 2: convert it to OpenAPI 3 first";
  return version === undefined
    ? 'it does not say "openapi": "3.1.0"'
    : `it is of OpenAPI ${version.slice(0, 20)}: only 3.0, 3.1 and 3.2 are known`;
}

function pointerKey(step: string): string {
  let key = step;
  try {
    key = decodeURIComponent(step);
  } catch {
    // A stray percent sign is part of the key.
  }
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

function invalid(problem: string): ToolSourceError {
  return new ToolSourceError(`The OpenAPI document cannot be used: ${problem}`, { code: "SOURCE_ANSWER_INVALID" });
}

function tooLarge(problem: string): ToolSourceError {
  return new ToolSourceError(`The OpenAPI document cannot be used: ${problem}`, { code: "SOURCE_TOO_LARGE" });
}
