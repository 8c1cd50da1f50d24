import type { Tool, ToolSourceError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { toolsFromOpenApi } from "./index.ts";

const fetch = () => Promise.reject(new Error("no request is made here"));

/** A document with these operations of `POST /act`, or whatever else is given. */
function documentOf(operation: object, more: object = {}) {
  return {
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0" },
    servers: [{ url: "https://api.example.org/v1/" }],
    paths: { "/act": { post: operation } },
    ...more,
  };
}

async function only(document: object): Promise<Tool> {
  const [tool] = await toolsFromOpenApi(document, { fetch });
  if (tool === undefined) throw new Error("there is no tool");
  return tool;
}

/** Why the operations of a document cannot be used. */
async function refusals(document: unknown): Promise<string[]> {
  const errors: ToolSourceError[] = [];
  await toolsFromOpenApi(document, { fetch, onUnusable: (error) => errors.push(error) });
  return errors.map(({ message }) => message);
}

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });

describe("the arguments of an operation", () => {
  it("are its parameters and the members of its body, required ones first", async () => {
    const tool = await only({
      ...documentOf({}),
      paths: {
        "/pets/{id}": {
          parameters: [{ name: "verbose", in: "query", schema: { type: "boolean" } }],
          put: {
            parameters: [
              { name: "id", in: "path", required: true, schema: { type: "integer" }, description: "Which pet." },
              { name: "verbose", in: "query", schema: { type: "integer" }, deprecated: true },
              { name: "Authorization", in: "header", schema: { type: "string" } },
            ],
            requestBody: {
              required: true,
              ...json({
                type: "object",
                properties: { age: { type: "number" }, name: { type: "string" } },
                required: ["name"],
              }),
            },
          },
        },
      },
    });
    expect(tool.name).toBe("put_pets_id");
    expect(tool.inputSchema).toEqual({
      type: "object",
      properties: {
        id: { type: "integer", description: "Which pet." },
        name: { type: "string" },
        verbose: { type: "integer", deprecated: true },
        age: { type: "number" },
      },
      required: ["id", "name"],
    });
    expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(["id", "name", "verbose", "age"]);
    expect(tool.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: true,
      openWorldHint: true,
    });
  });

  it.each<[string, object]>([
    ["is a list", { required: true, ...json({ type: "array", items: { type: "string" } }) }],
    ["may be left out", json({ type: "object", properties: { a: { type: "string" } } })],
    [
      "has rules as a whole",
      { required: true, ...json({ type: "object", properties: { a: true }, minProperties: 1 }) },
    ],
    [
      "has a member that is called like a parameter",
      { required: true, ...json({ type: "object", properties: { q: true } }) },
    ],
  ])("have the body as one where it %s", async (_name, requestBody) => {
    const tool = await only(documentOf({ parameters: [{ name: "q", in: "query" }], requestBody }));
    expect(Object.keys(tool.inputSchema.properties ?? {}).sort()).toEqual(["body", "q"]);
    expect(tool.inputSchema.additionalProperties).toBe(false);
  });

  it("tell their place where two parameters have one name", async () => {
    const tool = await only(
      documentOf({
        parameters: [
          { name: "id", in: "query" },
          { name: "id", in: "header" },
        ],
      }),
    );
    expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(["query_id", "header_id"]);
  });

  it("follow references, and keep those that lead in a circle", async () => {
    const tool = await only(
      documentOf(
        {
          requestBody: { $ref: "#/components/requestBodies/Tree" },
          parameters: [{ $ref: "#/components/parameters/Page" }],
        },
        {
          components: {
            requestBodies: { Tree: { required: true, ...json({ $ref: "#/components/schemas/Tree" }) } },
            parameters: { Page: { name: "page", in: "query", schema: { $ref: "#/components/schemas/Page" } } },
            schemas: {
              Tree: {
                type: "object",
                properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
              },
              Page: { type: "integer", minimum: 1 },
            },
          },
        },
      ),
    );
    expect(tool.inputSchema).toEqual({
      type: "object",
      properties: {
        page: { $ref: "#/$defs/Page" },
        children: { type: "array", items: { $ref: "#/$defs/Tree" } },
      },
      $defs: {
        Page: { type: "integer", minimum: 1 },
        Tree: { type: "object", properties: { children: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
      },
    });
  });

  it("do not have what only answers hold, and answers not what only requests hold", async () => {
    const schema = {
      type: "object",
      properties: {
        id: { type: "integer", readOnly: true },
        name: { type: "string" },
        password: { type: "string", writeOnly: true },
      },
      required: ["id", "name", "password"],
    };
    const tool = await only(
      documentOf({ requestBody: { required: true, ...json(schema) }, responses: { 200: json(schema) } }),
    );
    expect(tool.inputSchema.required).toEqual(["name", "password"]);
    expect(tool.outputSchema).toMatchObject({ required: ["id", "name"] });
    expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(["name", "password"]);
  });

  it("do not have what a security scheme fills in", async () => {
    const tool = await only(
      documentOf(
        {
          security: [{ key: [] }],
          parameters: [
            { name: "x-api-key", in: "header", required: true, schema: { type: "string" } },
            { name: "q", in: "query", schema: { type: "string" } },
          ],
        },
        { components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } } } },
      ),
    );
    expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(["q"]);
  });

  it("are files where a form has them", async () => {
    const form = {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: { file: { type: "string", format: "binary" }, note: { type: "string" } },
          },
        },
      },
    };
    const tool = await only(documentOf({ requestBody: form }));
    expect(tool.inputSchema.properties?.["file"]).toMatchObject({ anyOf: [{ type: "string" }, { type: "object" }] });
    expect(tool.inputSchema.properties?.["note"]).toEqual({ type: "string" });
  });
});

describe("schemas of OpenAPI 3.0", () => {
  it.each<[object, object]>([
    [{ type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      { type: "string", nullable: true, enum: ["a"] },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [{ type: "string", nullable: false }, { type: "string" }],
    [{ nullable: true, allOf: [{ type: "string" }] }, { anyOf: [{ allOf: [{ type: "string" }] }, { type: "null" }] }],
    [
      { type: "integer", minimum: 0, exclusiveMinimum: true },
      { type: "integer", exclusiveMinimum: 0 },
    ],
    [
      { type: "string", example: "a", xml: { name: "b" } },
      { type: "string", examples: ["a"] },
    ],
  ])("%j become %j", async (schema, expected) => {
    const operation = { parameters: [{ name: "p", in: "query", schema }] };
    const tool = await only(documentOf(operation, { openapi: "3.0.3" }));
    expect(tool.inputSchema.properties?.["p"]).toEqual(expected);
  });
});

describe("the output of an operation", () => {
  const name = { type: "object", properties: { name: { type: "string" } } };

  it.each<[string, object, unknown]>([
    ["one answer", { 200: json(name), 404: json({ type: "string" }) }, name],
    ["an answer or nothing", { 200: json(name), 204: { description: "" } }, { anyOf: [name, { type: "null" }] }],
    ["the same answer twice", { 200: json(name), 201: json(name) }, name],
    ["all that are good", { "2XX": json(name) }, name],
    ["any answer", { default: json(name) }, name],
    ["nothing", { 204: { description: "" } }, { type: "null" }],
    ["an answer that is not described", { 200: { description: "Fine." } }, undefined],
    ["a file", { 200: { content: { "image/png": {} } } }, undefined],
    ["only errors", { 400: json(name) }, undefined],
    ["no answers at all", {}, undefined],
  ])("is known where the document has %s", async (_name, responses, expected) => {
    expect((await only(documentOf({ responses }))).outputSchema).toEqual(expected);
  });

  it("is not declared when the program does not trust the document", async () => {
    const document = documentOf({ responses: { 200: json(name) } });
    const [tool] = await toolsFromOpenApi(document, { fetch, outputSchemas: false });
    expect(tool?.outputSchema).toBeUndefined();
  });
});

describe("what an operation says of itself", () => {
  it("is its summary and description", async () => {
    const tool = await only(
      documentOf({ operationId: "act.now", summary: "Act", description: "Acts at once.", deprecated: true }),
    );
    expect([tool.name, tool.description, tool.annotations?.title]).toEqual([
      "act_now",
      "Deprecated. Act\n\nActs at once.",
      "Act",
    ]);
    expect(tool.origin).toEqual({ kind: "openapi", document: "Pets 1.0" });
  });

  it("is cut where it is a chapter", async () => {
    expect((await only(documentOf({ description: "x".repeat(10_000) }))).description).toHaveLength(4001);
  });
});

describe("an operation that cannot be used", () => {
  it.each<[string, object, string]>([
    [
      "a reference out of the document",
      { requestBody: json({ $ref: "https://example.org/a.json" }) },
      "leads out of the document",
    ],
    ["a reference into a file", { parameters: [{ $ref: "./other.yaml#/p" }] }, "leads out of the document"],
    ["a reference to nowhere", { requestBody: json({ $ref: "#/components/schemas/Gone" }) }, "leads nowhere"],
    ["a reference to an anchor", { parameters: [{ $ref: "#here" }] }, "leads nowhere"],
    ["references in a circle", { parameters: [{ $ref: "#/components/parameters/Loop" }] }, "in a circle"],
    ["a schema that never ends", { requestBody: json({ $ref: "#/components/schemas/Self" }) }, "in a circle|never end"],
    ["a body of unknown bytes", { requestBody: { content: { "multipart/mixed": {} } } }, "multipart/mixed"],
    ["an unknown style", { parameters: [{ name: "p", in: "query", style: "fancy" }] }, "unknown style"],
    ["a parameter in an unknown place", { parameters: [{ name: "p", in: "body" }] }, "unknown place"],
    ["a header that is none", { parameters: [{ name: "a b", in: "header" }] }, "cannot be the name of a header"],
    ["a parameter of XML", { parameters: [{ name: "p", in: "query", content: { "text/xml": {} } }] }, "only JSON"],
    ["an unknown scheme", { security: [{ nothing: [] }] }, "does not describe"],
    ["a certificate", { security: [{ tls: [] }] }, "cannot be done"],
    ["a server without a host", { servers: [{ url: "/v1" }] }, "give the option server"],
    ["a server of files", { servers: [{ url: "file:///etc" }] }, "give the option server"],
    [
      "a bad pattern",
      { parameters: [{ name: "p", in: "query", schema: { type: "string", pattern: "^(a+)+$" } }] },
      "exponential",
    ],
  ])("has %s", async (_name, operation, why) => {
    const components = {
      parameters: { Loop: { $ref: "#/components/parameters/Loop" } },
      schemas: { Self: { $ref: "#/components/schemas/Self" } },
      securitySchemes: { tls: { type: "mutualTLS" } },
    };
    const [reason, ...more] = await refusals(documentOf(operation, { components }));
    expect(more).toEqual([]);
    expect(reason).toMatch(new RegExp(`^Pets 1.0: the tool "post_act" cannot be used: .*(?:${why})`, "s"));
  });

  it("has a path whose parameter is not described", async () => {
    expect(await refusals({ ...documentOf({}), paths: { "/pets/{id}": { get: {} } } })).toEqual([
      'Pets 1.0: the tool "get_pets_id" cannot be used: its path has {id}, which is not one of its parameters',
    ]);
  });

  it("has a path that is never sent whole", async () => {
    expect(await refusals({ ...documentOf({}), paths: { "/#Action=Act": { post: {} } } })).toEqual([
      expect.stringContaining("its path has a #"),
    ]);
  });

  it.each(["head", "options", "trace"])("is one of %s", async (method) => {
    const [reason] = await refusals({ ...documentOf({}), paths: { "/act": { [method]: {} } } });
    expect(reason).toContain(`its method is ${method.toUpperCase()}`);
  });

  it("is usable without its bad pattern where the program wants that", async () => {
    const schema = { type: "string", pattern: "^(a+)+$", minLength: 1 };
    const document = documentOf({ parameters: [{ name: "p", in: "query", schema }] });
    const [tool] = await toolsFromOpenApi(document, { fetch, dropBadPatterns: true });
    expect(tool?.inputSchema.properties?.["p"]).toEqual({ type: "string", minLength: 1 });
  });
});
