import { SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueSchema } from "./value-schema.ts";

const place = { component: "Gallery", direction: "output", pointer: "#/properties/a" } as const;
const meta = { properties: { _type: { const: "gradio.FileData", type: "string" } }, type: "object" };
const file = { type: "object", properties: { path: { type: "string" }, meta: { $ref: "#/$defs/Meta" } } };

describe("the schema of a value", () => {
  it("has media in place of files, and no definitions that nothing leads to", () => {
    const type = {
      type: "array",
      title: "Gallery",
      items: { $ref: "#/$defs/Item" },
      $defs: {
        Meta: meta,
        File: file,
        Item: { type: "object", properties: { image: { $ref: "#/$defs/File" }, caption: { type: "string" } } },
      },
    };
    const image = {
      type: "object",
      description: "An image.",
      properties: { kind: { const: "image" }, mediaType: { type: "string" } },
      required: ["kind", "mediaType"],
    };
    expect(valueSchema(type, place)).toEqual({
      type: "array",
      items: { $ref: "#/properties/a/$defs/Item" },
      $defs: { Item: { type: "object", properties: { image, caption: { type: "string" } } } },
    });
  });

  it("stays what it is where something is called like a file, or like a keyword", () => {
    const type = { type: "object", properties: { path: { type: "string" }, title: { type: "string" }, meta: {} } };
    expect(valueSchema(type, place)).toEqual(type);
  });

  it("leads nowhere else where definitions refer to each other in circles", () => {
    const type = { $ref: "#/$defs/A", $defs: { A: { $ref: "#/$defs/B" }, B: { $ref: "#/$defs/A" } } };
    const root = { type: "object", properties: { a: valueSchema(type, place) } } as const;
    expect(() => new SchemaValidator(root).findings({ a: 1 })).not.toThrow(RangeError);
  });

  it("is made, or refused with an error, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (type) => {
        const error = thrownBy(() => valueSchema(type, place));
        expect(error === undefined || (error instanceof Error && !(error instanceof TypeError))).toBe(true);
      }),
    );
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
