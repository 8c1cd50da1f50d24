import type { Arrived, ServerAnswer } from "../adapters/openapi-server.ts";

/** YAML, of which JSON is a part. */
export const yamlOf = (value: object): string => `# Pets\n${JSON.stringify(value)}\n`;
/** An image. */
export const png: Buffer = Buffer.from("iVBORw0KGgo=", "base64");
/** What the variables of the converted package hold. */
export const secrets = {
  PETSTORE_API_KEY: "key-of-the-petstore",
  PETSTORE_LOGIN: "ann:pass word é",
  PETSTORE_TOKEN: "t0ken-t0ken",
};

/** The service. */
export function answer({ method, url, headers }: Arrived): ServerAnswer {
  const path = url.split("?")[0];
  if (path === "/v1/photo" && method === "GET") return { type: "image/png", body: png };
  if (path === "/v1/gone") return { status: 404, type: "text/plain", body: `no, ${String(headers["x-api-key"])}` };
  if (method === "DELETE") return { status: 204 };
  return { type: "application/json", body: JSON.stringify({ id: 7, name: "Rex" }) };
}

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const pet = { $ref: "#/components/schemas/Pet" };
const ok = { 200: { description: "Well.", ...json(pet) } };

/** The document of the service at an address. */
export function documentOf(url: string) {
  return {
    openapi: "3.1.0",
    info: { title: "Swagger Petstore", version: "1.2", description: "Pets for sale." },
    servers: [{ url: `${url}/v1` }],
    paths: {
      "/pets/{id}": {
        get: {
          operationId: "getPet",
          summary: "Finds a pet.",
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "integer" }, description: "Its number." },
            { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
            { name: "X-Trace", in: "header", schema: { type: "string" } },
            { name: "lang", in: "cookie", schema: { type: "string" } },
          ],
          responses: ok,
          security: [{ api_key: [] }],
        },
        delete: {
          operationId: "delete",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: { 204: { description: "Gone." } },
          security: [{ basic: [] }],
        },
      },
      "/pets": {
        post: {
          operationId: "addPet",
          requestBody: { required: true, ...json(pet) },
          responses: ok,
          security: [{ token: [] }],
        },
      },
      "/photo": {
        get: { operationId: "photo", responses: { 200: { description: "Well.", content: { "image/png": {} } } } },
        put: {
          operationId: "setPhoto",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  properties: { file: { type: "string", format: "binary" }, title: { type: "string" } },
                  required: ["file"],
                },
              },
            },
          },
          responses: ok,
        },
      },
      "/form": {
        post: {
          operationId: "form",
          requestBody: {
            required: true,
            content: {
              "application/x-www-form-urlencoded": {
                schema: {
                  type: "object",
                  properties: { q: { type: "string" }, n: { type: "array", items: { type: "number" } } },
                },
              },
            },
          },
          responses: ok,
        },
      },
      "/gone": { get: { operationId: "gone", responses: ok, security: [{ api_key: [] }] } },
      "/odd": {
        get: {
          operationId: "odd",
          parameters: [{ name: "p", in: "query", schema: { type: "string", pattern: "^(a+)+$" } }],
          responses: ok,
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: "object",
          properties: {
            id: { type: "integer", readOnly: true },
            name: { type: "string", description: "Its name." },
            parent: pet,
          },
          required: ["name"],
        },
      },
      securitySchemes: {
        api_key: { type: "apiKey", in: "header", name: "X-Api-Key" },
        basic: { type: "http", scheme: "basic" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}
