import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { pointerKeys, SchemaDocument } from "../../../shared/schema-export/shape/schema-document.ts";

/** A schema whose references are looked up among its definitions: grammars know no others. */
export class SchemaView extends SchemaDocument {
  /** The schemas that references can name. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;

  constructor(root: JsonSchemaObject) {
    super(root);
    this.definitions = { ...root.definitions, ...root.$defs };
  }

  /** The name of the definition that a reference leads to; `undefined` for references of other forms. */
  definitionName(reference: string): string | undefined {
    const [holder, name, ...more] = pointerKeys(reference) ?? [];
    const isDefinition = (holder === "$defs" || holder === "definitions") && more.length === 0;
    return isDefinition && name !== undefined && Object.hasOwn(this.definitions, name) ? name : undefined;
  }

  override target(reference: string): JsonSchema | undefined {
    const name = this.definitionName(reference);
    return name === undefined ? undefined : this.definitions[name];
  }
}
