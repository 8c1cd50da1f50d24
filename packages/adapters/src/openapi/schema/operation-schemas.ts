import { type JsonSchema, patternProblem } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import { mapSubschemas } from "../../shared/map-subschemas.ts";
import { importSchema } from "../../shared/schema-import/import-schema.ts";
import type { OpenApiDocument } from "../document/openapi-document.ts";
import { fromOldSchema } from "./old-schema.ts";
import { withExamples } from "./with-examples.ts";

/** Which way values go: some members are only in answers, others only in requests. */
export type Direction = "input" | "output";

/** A schema of the document that others refer to. */
interface Definition {
  readonly name: string;
  /** As the document has it. */
  readonly source: unknown;
  converted?: { schema: JsonSchema; refs: ReadonlySet<string> };
}

/**
 * Takes schemas out of a document, with all that they refer to: each becomes a schema of JSON Schema 2020-12 that needs
 * nothing around it.
 *
 * What several operations refer to is converted once and shared.
 */
export class OperationSchemas {
  readonly #document: OpenApiDocument;
  readonly #direction: Direction;
  readonly #dropsBadPatterns: boolean;
  readonly #definitions = new Map<string, Definition>();
  readonly #byName = new Map<string, Definition>();

  /** @param dropsBadPatterns - Patterns that are not valid, or take exponential time, are left out. */
  constructor(document: OpenApiDocument, direction: Direction, dropsBadPatterns: boolean) {
    this.#document = document;
    this.#direction = direction;
    this.#dropsBadPatterns = dropsBadPatterns;
  }

  /**
   * Converts a schema; its references lead to `#/$defs/…`.
   *
   * @param refs - Takes the references of the document that it needs, see {@link definitions}.
   * @throws Error for a reference that leads out of the document, or nowhere.
   */
  convert(schema: unknown, refs: Set<string>): JsonSchema {
    return importSchema(this.#written(schema, refs, 0));
  }

  /** What a schema that is only a reference leads to; any other schema is given back. */
  follow(schema: JsonSchema): JsonSchema {
    let here = schema;
    for (let hop = 0; hop < 32 && typeof here === "object" && Object.keys(here).join() === "$ref"; hop++) {
      const { $ref } = here;
      const definition = this.#byName.get($ref?.slice("#/$defs/".length) ?? "");
      if (!definition) break;
      definition.converted ??= this.#converted(definition.source);
      here = definition.converted.schema;
    }
    return here;
  }

  /** The schemas behind these references, and all that those refer to, as `$defs`; nothing where there are none. */
  definitions(refs: ReadonlySet<string>): { $defs?: Record<string, JsonSchema> } {
    const found: Record<string, JsonSchema> = {};
    // The set grows while it is walked.
    const open = new Set(refs);
    for (const ref of open) {
      const definition = this.#definition(ref);
      definition.converted ??= this.#converted(definition.source);
      found[definition.name] = definition.converted.schema;
      for (const further of definition.converted.refs) open.add(further);
    }
    return open.size === 0 ? {} : { $defs: found };
  }

  #converted(source: unknown): { schema: JsonSchema; refs: ReadonlySet<string> } {
    const refs = new Set<string>();
    return { schema: this.convert(source, refs), refs };
  }

  #definition(ref: string): Definition {
    const known = this.#definitions.get(ref);
    if (known) return known;
    const base = (ref.split("/").at(-1) ?? "").replace(/[^A-Za-z0-9_.-]/g, "_") || "schema";
    let name = base;
    for (let count = 2; this.#byName.has(name); count++) name = `${base}_${count}`;
    const definition: Definition = { name, source: this.#document.at(ref) };
    this.#byName.set(name, definition);
    this.#definitions.set(ref, definition);
    return definition;
  }

  #written(schema: unknown, refs: Set<string>, depth: number): unknown {
    if (!isRecord(schema)) return schema;
    if (depth > 200) throw new Error("its schemas are nested more than 200 deep");
    const plain = withExamples(this.#document.hasOldSchemas ? fromOldSchema(schema) : schema);
    const directed = this.#forDirection(plain);
    const { pattern, ...others } = directed;
    const kept = this.#dropsBadPatterns && isBadPattern(pattern) ? others : directed;
    const { $ref } = kept;
    if (typeof $ref === "string") refs.add($ref);
    const moved = typeof $ref === "string" ? { ...kept, $ref: `#/$defs/${this.#definition($ref).name}` } : kept;
    return mapSubschemas(moved, (inner) => this.#written(inner, refs, depth + 1));
  }

  /** Leaves out the members that only go the other way. */
  #forDirection(schema: Record<string, unknown>): Record<string, unknown> {
    const { properties, required } = schema;
    if (!isRecord(properties)) return schema;
    const other = this.#direction === "input" ? "readOnly" : "writeOnly";
    const entries = Object.entries(properties);
    const kept = entries.filter(([, member]) => !(isRecord(member) && member[other] === true));
    if (kept.length === entries.length) return schema;
    const names = new Set(kept.map(([name]) => name));
    return {
      ...schema,
      properties: Object.fromEntries(kept),
      ...(Array.isArray(required) && {
        required: required.filter((name) => names.has(name) || !Object.hasOwn(properties, name)),
      }),
    };
  }
}

function isBadPattern(pattern: unknown): boolean {
  return typeof pattern !== "string" || patternProblem(pattern) !== undefined;
}
