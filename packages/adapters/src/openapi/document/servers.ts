import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import type { OpenApiDocument } from "./openapi-document.ts";
import type { OperationObject } from "./operations.ts";

/**
 * The address that the path of an operation is added to, without a slash at its end.
 *
 * @param server - Chosen by the program; else the first of the operation, its path or the document is taken, with the
 *   defaults of its variables.
 * @throws Error when there is none that requests can be sent to.
 */
export function serverOf(document: OpenApiDocument, operation: OperationObject, server: string | undefined): string {
  if (server !== undefined) return checked(server);
  const holders = [operation.object, operation.pathItem, document.root];
  const declared = holders.map((holder) => firstServer(holder)).find((found) => found !== undefined);
  if (declared === undefined) throw new Error("the document names no server: give the option server");
  return checked(declared);
}

function firstServer(holder: Readonly<Record<string, unknown>>): string | undefined {
  const { servers } = holder;
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  const url = textField(first, "url");
  const variables = fieldOf(first, "variables");
  return url?.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = isRecord(variables) ? fieldOf(variables[name], "default") : undefined;
    return typeof value === "string" ? value : whole;
  });
}

function checked(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isUsable =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password + url.search + url.hash === "" &&
    !/[{}]/.test(address);
  if (isUsable) return url.href.replace(/\/+$/, "");
  throw new Error(
    `its server ${JSON.stringify(address.slice(0, 200))} is not a full address of http: or https: to which a path can be ` +
      "added: give the option server",
  );
}
