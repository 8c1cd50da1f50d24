import { createHash } from "node:crypto";
import { type FrozenOperation, freezeOperations, type SecurityScheme } from "@smoltools/adapters/openapi";
import { canonicalJson, isSmoltoolsError } from "@smoltools/core";
import { type ManifestSource, sourceProblem } from "@smoltools/hub";
import { nameSlug } from "../../project/project-name.ts";
import { chooseTools } from "../source/choose-tools.ts";
import { clientModule } from "../source/client-module.ts";
import type { Conversion, ConvertedTool } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { literal } from "../project/literal.ts";
import { credentialText, type CredentialVariable, credentialVariables } from "./credential-variables.ts";
import { readDocument } from "./read-document.ts";
import { serverFor } from "./server-for.ts";
import { shownAddress } from "./shown-address.ts";

/** What is said of a document, beside where it is. `tools` are operations, by operationId or as `GET /path`. */
export interface OpenApiConvertOptions extends ConvertOptions {
  /** Where the paths begin. Default is the first server of the document. */
  server?: string;
  /** Leave out patterns that cannot be used, instead of the operations that have them. */
  dropsBadPatterns: boolean;
}

/** Longest description of a package. */
const maxDescription = 500;

/**
 * Reads an OpenAPI document: a tool for each operation, with the plan of its requests.
 *
 * @param location - A file, or an address of http: or https:.
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, `CONVERT_SOURCE_INVALID`, `CONVERT_TOOL_UNKNOWN`, `CONVERT_NO_TOOLS`.
 */
export async function convertOpenApi(location: string, options: OpenApiConvertOptions): Promise<Conversion> {
  const { document, url } = await readDocument(location, options);
  const warnings: string[] = [];
  const { title, version, description, operations } = await frozen(
    shownAddress(location),
    document,
    url,
    options,
    warnings,
  );
  const variables = credentialVariables(
    title,
    operations.map(({ plan }) => plan),
  );
  const source: ManifestSource = {
    kind: "openapi",
    title: visible(title).slice(0, 200) || "OpenAPI",
    version: visible(version).slice(0, 100),
    sha256: createHash("sha256").update(canonicalJson(document)).digest("hex"),
  };
  return {
    suggestedName: nameSlug(title),
    description: oneParagraph(description) || `Calls ${title}.`,
    source: withAddress(source, url, warnings),
    tools: operations.map((operation) => convertedTool(operation, variables)),
    permissions: { net: [], env: [], run: [] },
    modules: {
      "openapi-client.js": await clientModule(
        "openapi/client",
        ["callOperation"],
        "Carries out the operations of an OpenAPI document.",
      ),
    },
    imports: () => ['import { callOperation } from "./openapi-client.js";', ...credentialLines(variables)],
    needs: [...variables.values()].map(credentialText),
    warnings,
  };
}

async function frozen(
  location: string,
  document: unknown,
  url: string | undefined,
  { tools: wanted, server, dropsBadPatterns }: OpenApiConvertOptions,
  warnings: string[],
): ReturnType<typeof freezeOperations> {
  const ids: string[] = [];
  const asked = new Set(wanted);
  try {
    const read = await freezeOperations(server === undefined ? placed(document, url) : document, {
      dropBadPatterns: dropsBadPatterns,
      // Far more than a package has: how many are too many is said in one place, for all kinds of sources.
      maxOperations: 5000,
      ...(server !== undefined && { server }),
      operations: ({ operationId, method, path }) => {
        const names = [...(operationId === undefined ? [] : [operationId]), `${method} ${path}`];
        ids.push(...names);
        return wanted === undefined || names.some((name) => asked.has(name));
      },
      onUnusable: ({ message }) => warnings.push(`${message}. It is left out`),
    });
    chooseTools(location, ids, wanted);
    if (read.operations.length > 0) return read;
  } catch (error) {
    if (!isSmoltoolsError(error) || error instanceof ConvertError) throw error;
    throw new ConvertError(`${location} cannot be converted: ${error.message}`, {
      code: "CONVERT_SOURCE_INVALID",
      data: { source: location },
      cause: error,
    });
  }
  const why = warnings.length === 0 ? "it has none" : `none of them can be used:\n${warnings.slice(0, 5).join("\n")}`;
  throw new ConvertError(`${location} has no operations to convert: ${why}`, {
    code: "CONVERT_NO_TOOLS",
    data: { source: location },
  });
}

/** The document with its server in full. Those of single paths and operations stay what they are. */
function placed(document: unknown, url: string | undefined): unknown {
  const address = serverFor(document, url);
  if (address === undefined || typeof document !== "object") return document;
  return { ...document, servers: [{ url: address }] };
}

function convertedTool(
  { tool, plan, host }: FrozenOperation,
  variables: ReadonlyMap<string, CredentialVariable>,
): ConvertedTool {
  const { name, description, inputSchema, outputSchema, annotations } = tool;
  const schemes = new Set(plan.security.flat().map((scheme) => scheme.name));
  const env = [...schemes].flatMap((scheme) => variables.get(scheme)?.variable ?? []);
  const credentials = env.length > 0 ? "{ credentials, signal }" : "{ signal }";
  return {
    name,
    description,
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations && { annotations }),
    permissions: { net: [host], env: [...new Set(env)].sort(), run: [] },
    body: `const plan = ${literal({ ...plan, security: plan.security.map((way) => way.map(essential)) }, 0, 13)};\nreturn callOperation(${JSON.stringify(name)}, plan, input, ${credentials});`,
  };
}

/** What of a scheme is needed to sign in. */
function essential({ name, type, in: place, parameterName }: SecurityScheme): SecurityScheme {
  return {
    name,
    type,
    ...(place !== undefined && { in: place }),
    ...(parameterName !== undefined && { parameterName }),
    scopes: [],
  };
}

/** By the name of a security scheme, the variable that holds its credential. */
function credentialLines(variables: ReadonlyMap<string, CredentialVariable>): string[] {
  if (variables.size === 0) return [];
  const names = Object.fromEntries([...variables].map(([scheme, { variable }]) => [scheme, variable]));
  return [
    "",
    "/** Environment variables with the credentials, by what the document calls them. */",
    `const credentials = ${literal(names, 0, 20)};`,
  ];
}

/** Where a document is found again, unless the address tells a secret. */
function withAddress(source: ManifestSource, url: string | undefined, warnings: string[]): ManifestSource {
  if (url === undefined) return source;
  const full = { ...source, url } as ManifestSource;
  const problem = sourceProblem(full);
  if (problem === undefined) return full;
  warnings.push(`The address of the document is not recorded: ${problem}`);
  return source;
}

function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function oneParagraph(text: string): string {
  const [first = ""] = text.trim().split(/\n\s*\n/);
  const line = first.replaceAll(/\s+/g, " ").trim();
  return line.length > maxDescription ? `${line.slice(0, maxDescription - 1)}…` : line;
}
