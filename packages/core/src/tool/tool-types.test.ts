import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { tool } from "./define-tool.ts";
import type { ToolOptions } from "./define-tool.ts";
import type { Tool } from "./tool.ts";

describe("the types of a tool", () => {
  it("are read from a literal JSON Schema", () => {
    const made = tool({
      name: "search",
      description: "Searches.",
      input: {
        type: "object",
        properties: {
          query: { type: "string" },
          limit: { type: "integer", default: 10 },
          order: { enum: ["date", "rank"] },
          tags: { type: "array", items: { type: "string" } },
          near: { type: "object", properties: { lat: { type: "number" } }, required: ["lat"] },
          since: { type: ["string", "null"] },
        },
        required: ["query", "tags"],
        additionalProperties: false,
      },
      output: {
        type: "array",
        items: { type: "object", properties: { title: { type: "string" } }, required: ["title"] },
      },
      execute: (input) => {
        expectTypeOf(input).toEqualTypeOf<{
          query: string;
          tags: string[];
          limit?: number;
          order?: "date" | "rank";
          near?: { lat: number };
          since?: string | null;
        }>();
        return [{ title: input.query }];
      },
    });
    expectTypeOf(made.call).returns.resolves.toEqualTypeOf<{ title: string }[]>();
  });

  it("are unknown where a schema says more than its literal", () => {
    tool({
      name: "any",
      description: "Anything.",
      input: { type: "object", properties: { value: { anyOf: [{ type: "string" }, { type: "number" }] } } },
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ value?: unknown }>(),
    });
  });

  it("are those of a Standard Schema", () => {
    const made = tool({
      name: "double",
      description: "Doubles.",
      input: z.object({ n: z.number().default(1) }),
      output: z.number(),
      execute: ({ n }) => n * 2,
    });
    expectTypeOf(made.call).parameter(0).toEqualTypeOf<{ n?: number | undefined }>();
    expectTypeOf(made.call).returns.resolves.toEqualTypeOf<number>();
  });

  it("are a record where the schema is known at run time only", () => {
    const options = {} as ToolOptions<{ type: "object" }, true>;
    expectTypeOf(options.execute).parameter(0).toEqualTypeOf<Record<string, unknown>>();
  });

  it("let every tool be one of a list", () => {
    const one = tool({ name: "one", description: "One.", execute: () => 1 });
    const text = tool({
      name: "text",
      description: "Text.",
      input: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
      execute: ({ text }) => text,
    });
    expectTypeOf([one, text]).toExtend<readonly Tool[]>();
  });

  it("take what an interface says, and read-only lists, for a result", () => {
    interface Out {
      name: string;
    }
    const out: Out = { name: "a" };
    const list: readonly string[] = ["a"];
    const one = tool({ name: "one", description: "One.", output: { type: "object" }, execute: () => out });
    const output = { type: "array", items: { type: "string" } } as const;
    const many = tool({ name: "many", description: "Many.", output, execute: () => list });
    expectTypeOf([one, many]).toExtend<readonly Tool[]>();
  });

  it("refuse an input that is no object", () => {
    const options = { name: "text", description: "Takes a text.", execute: () => 1 };
    // @ts-expect-error The input of a tool is an object.
    expect(() => tool({ ...options, input: { type: "string" } })).toThrow("schema of an object");
  });

  it("refuse a result that the output schema does not allow", () => {
    const options = { name: "count", description: "Counts.", output: { type: "integer" } } as const;
    // @ts-expect-error A text is no number.
    expectTypeOf(tool({ ...options, execute: () => "three" })).toExtend<Tool>();
  });
});
