import { sign, verify } from "node:crypto";
import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { SignatureError } from "../errors/signature-error.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { readJson } from "../manifest/read-json.ts";
import type { PrivateKey } from "./key-store.ts";
import type { PublicKey } from "./public-key.ts";

/** What a signed manifest is, in its envelope. */
export const payloadType = "application/vnd.smoltools.manifest+json";

/** Most signatures of one envelope, and most keys of one manifest. */
export const maxSignatures = 8;

/** Largest envelope, in bytes: the manifest in base64, and the signatures. */
export const maxEnvelopeBytes: number = Math.ceil((packageLimits.maxManifestBytes * 4) / 3) + 8192;

/** A DSSE envelope, decoded. Nothing of it is verified yet. */
export interface Envelope {
  payloadType: string;
  payload: Buffer;
  signatures: Buffer[];
}

const base64: JsonSchema = { type: "string", pattern: "^[A-Za-z0-9+/_-]*={0,2}$" };

const envelopeSchema: JsonSchema = {
  type: "object",
  properties: {
    payloadType: { type: "string" },
    payload: base64,
    signatures: {
      type: "array",
      minItems: 1,
      maxItems: maxSignatures,
      items: { type: "object", properties: { keyid: { type: "string" }, sig: base64 }, required: ["sig"] },
    },
  },
  required: ["payloadType", "payload", "signatures"],
};

let validator: SchemaValidator | undefined;

/**
 * The bytes that are signed in place of a payload: they say what it is, and where it ends.
 *
 * Source: DSSE protocol 1.0, "Pre-Authentication Encoding".
 */
export function preAuthenticationEncoding(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.byteLength} `), body]);
}

/** Signs a manifest: the same bytes and keys give the same envelope. */
export function makeEnvelope(payload: Uint8Array, keys: readonly PrivateKey[]): Uint8Array {
  const signed = preAuthenticationEncoding(payloadType, payload);
  const signatures = keys.map(({ key, publicKey }) => ({
    keyid: publicKey.id,
    sig: sign(null, signed, key).toString("base64"),
  }));
  const envelope = { payloadType, payload: Buffer.from(payload).toString("base64"), signatures };
  return Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`);
}

/**
 * Reads an envelope.
 *
 * @param source - Of which package it is, for the error.
 * @throws SignatureError `SIGNATURE_INVALID`.
 */
export function parseEnvelope(bytes: Uint8Array, source: string): Envelope {
  const invalid = (why: string, cause?: unknown) =>
    new SignatureError(`The signature of ${source} cannot be read: ${why}`, {
      code: "SIGNATURE_INVALID",
      data: { source },
      cause,
    });
  if (bytes.byteLength > maxEnvelopeBytes) throw invalid(`it is larger than ${maxEnvelopeBytes} bytes`);
  let json: unknown;
  try {
    json = readJson(bytes);
  } catch (cause) {
    throw invalid(errorMessage(cause), cause);
  }
  validator ??= new SchemaValidator(envelopeSchema);
  const findings = validator.findings(json);
  if (findings.length > 0) throw invalid(`it is not a DSSE envelope:\n${findingsText(findings)}`);
  const { payloadType: type, payload, signatures } = json as EnvelopeJson;
  // Both alphabets of base64 are allowed, and Buffer reads both.
  return {
    payloadType: type,
    payload: Buffer.from(payload, "base64"),
    signatures: signatures.map(({ sig }) => Buffer.from(sig, "base64")),
  };
}

interface EnvelopeJson {
  payloadType: string;
  payload: string;
  signatures: { sig: string }[];
}

/**
 * Those of the keys that have signed. The ids in the envelope are hints that nobody signed: every key is tried on every
 * signature.
 */
export function signersAmong(envelope: Envelope, keys: readonly PublicKey[]): PublicKey[] {
  const signed = preAuthenticationEncoding(envelope.payloadType, envelope.payload);
  return keys.filter(({ key }) => envelope.signatures.some((signature) => verify(null, signed, key, signature)));
}
