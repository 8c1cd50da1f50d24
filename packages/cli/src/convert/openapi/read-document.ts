import { open } from "node:fs/promises";
import { errorMessage } from "@smoltools/core";
import { parse } from "yaml";
import { isRecord } from "../../shared/is-record.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { isAddress, shownAddress } from "./shown-address.ts";

/** Largest document in bytes. */
const maxBytes = 16 * 1024 * 1024;

/** A document, and where it was found if that was at an address. */
export interface FoundDocument {
  document: unknown;
  /** After redirects. */
  url?: string;
}

/**
 * Reads an OpenAPI document of JSON or YAML, from a file or an address.
 *
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, `CONVERT_SOURCE_INVALID`.
 */
export async function readDocument(location: string, options: ConvertOptions): Promise<FoundDocument> {
  const { text, url } = isAddress(location)
    ? await download(location, options)
    : { text: await readFrom(location), url: undefined };
  const document = parsed(text, location);
  if (!isRecord(document)) throw invalid(location, `it holds ${kindOf(document)}, and no object that says "openapi"`);
  return { document, ...(url !== undefined && { url }) };
}

function parsed(text: string, location: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Most documents of people are YAML, of which JSON is a part; its own errors say where they are.
  }
  try {
    // Objects that are used again and again grow without end where they are written out.
    return parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw invalid(location, `it is neither JSON nor YAML: ${errorMessage(cause).split("\n")[0] ?? ""}`, cause);
  }
}

function kindOf(document: unknown): string {
  if (document === null || document === undefined) return "nothing";
  return Array.isArray(document) ? "a list" : `a ${typeof document === "string" ? "text" : typeof document}`;
}

async function readFrom(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const entry = await file.stat();
    if (!entry.isFile()) throw invalid(path, "it is no file: name the document itself");
    if (entry.size > maxBytes) throw invalid(path, `it is larger than ${maxBytes} bytes`);
    return await file.readFile("utf8");
  } catch (error) {
    if (error instanceof ConvertError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw unreachable(path, isMissing ? "there is no such file" : errorMessage(error), error);
  }
}

async function download(address: string, { signal, token }: ConvertOptions): Promise<{ text: string; url: string }> {
  const { protocol = "", username = "", password = "" } = URL.canParse(address) ? new URL(address) : {};
  if (!/^https?:$/.test(protocol)) throw unreachable(address, "only http: and https: are read");
  if (username + password !== "") throw unreachable(address, "leave the user and password out, and name a --token-env");
  try {
    const headers = { accept: "application/json, application/yaml, */*;q=0.5" };
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(address, { headers: { ...headers, ...authorization }, signal });
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 || response.status === 403 ? ": --token-env <name> sends a token" : "";
      throw unreachable(address, `the server answers ${response.status} ${response.statusText}${hint}`);
    }
    return { text: await bodyOf(response, address), url: response.url };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConvertError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw unreachable(address, errorMessage(cause), error);
  }
}

async function bodyOf(response: Response, address: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > maxBytes) throw invalid(address, `it is larger than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function unreachable(location: string, why: string, cause?: unknown): ConvertError {
  const source = shownAddress(location);
  return new ConvertError(`${source} cannot be read: ${why}`, {
    code: "CONVERT_SOURCE_UNREACHABLE",
    data: { source },
    cause,
  });
}

function invalid(location: string, why: string, cause?: unknown): ConvertError {
  const source = shownAddress(location);
  return new ConvertError(`${source} is no OpenAPI document that can be used: ${why}`, {
    code: "CONVERT_SOURCE_INVALID",
    data: { source },
    cause,
  });
}
