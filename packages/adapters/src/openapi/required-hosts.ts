import { OpenApiDocument } from "./document/openapi-document.ts";
import { operationsOf } from "./document/operations.ts";
import { serverOf } from "./document/servers.ts";
import type { OpenApiSelection } from "./from-openapi.ts";

/**
 * The hosts that the operations of a document need, as permissions and `hostFetch` have them: `api.example.org`, or
 * `127.0.0.1:8080` where the port is not that of `https:`.
 *
 * Operations whose server is not known need none: no tool is made of them either.
 *
 * @param document - As for `toolsFromOpenApi`, with the same selection.
 * @throws ToolSourceError, AdapterError as `toolsFromOpenApi`.
 */
export function requiredHosts(document: unknown, selection: OpenApiSelection = {}): string[] {
  const { server, operations, maxOperations, maxDocumentBytes } = selection;
  const read = new OpenApiDocument(document, maxDocumentBytes);
  const hosts = operationsOf(read, operations, maxOperations).flatMap((operation) => {
    try {
      return [hostOf(serverOf(read, operation, server))];
    } catch {
      return [];
    }
  });
  return [...new Set(hosts)].sort();
}

/** The host of an address, as permissions have it. */
export function hostOf(server: string): string {
  const { protocol, hostname, port } = new URL(server);
  if (protocol === "https:" && port === "") return hostname;
  return `${hostname}:${port === "" ? "80" : port}`;
}
