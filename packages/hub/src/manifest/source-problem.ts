import { findingsText, SchemaValidator } from "@smoltools/core";
import { commandLine } from "./command-line.ts";
import type { ManifestSource } from "./manifest-source.ts";
import { sourceSchemas } from "./source-schema.ts";

/** Names of parameters in addresses that carry what nobody else may know. */
const secretParameter =
  /(?:^|[_.-])(?:(?:api|access|auth|client|id|private|refresh|secret|session|subscription)?[_-]?(?:key|token|secret)|password|passwd|pwd|auth|sig|signature|credential|jwt|code)s?$/i;
/** As long as keys and tokens are, of letters and digits mixed. */
const secretValue = /^(?=.*\d)(?=.*[A-Za-z])[\w.~+/=-]{20,}$/;
/** Longest command line, with its quotes. */
const maxCommandLine = 2000;
/** Nothing that would be shown as anything else than it is. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

type SchemaKind = ManifestSource["kind"];
const validators = new Map<SchemaKind, readonly SchemaValidator[]>();

/**
 * Says what is wrong with the source that a manifest or a package.json names.
 *
 * @param source - Any value.
 * @returns `undefined` when it is a {@link ManifestSource}.
 */
export function sourceProblem(source: unknown): string | undefined {
  const { kind, ...form } = typeof source === "object" && source !== null ? (source as { kind?: unknown }) : {};
  if (!isKind(kind)) return `its kind is none of ${Object.keys(sourceSchemas).join(", ")}`;
  const forms = validatorsOf(kind).map((validator) => validator.findings(form));
  if (forms.every((findings) => findings.length > 0)) {
    // Of several forms, the nearest one is meant.
    const [nearest = []] = forms.toSorted((one, other) => one.length - other.length);
    return `it is no source of the kind ${kind}:\n${findingsText(nearest)}`;
  }
  if (textsOf(form).some((text) => invisible.test(text))) return "it holds invisible or control characters";
  const found = source as ManifestSource;
  return found.kind === "mcp" && "command" in found ? commandProblem(found) : addressProblem(found);
}

/**
 * What of a source its users are asked for, beside what its tools declare: the program that it is.
 *
 * @returns The command line for `permissions.run`; `undefined` where nothing is started.
 */
export function sourceCommand(source: ManifestSource | undefined): string | undefined {
  return source?.kind === "mcp" && "command" in source ? commandLine(source.command, source.args) : undefined;
}

/** The environment variables that a source which is a program is started with. */
export function sourceVariables(source: ManifestSource | undefined): readonly string[] {
  return source?.kind === "mcp" && "command" in source ? source.env : [];
}

function validatorsOf(kind: SchemaKind): readonly SchemaValidator[] {
  const known = validators.get(kind) ?? sourceSchemas[kind].map((schema) => new SchemaValidator(schema));
  validators.set(kind, known);
  return known;
}

function isKind(kind: unknown): kind is SchemaKind {
  return typeof kind === "string" && Object.hasOwn(sourceSchemas, kind);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** A path from a folder would be another program wherever it is used. */
function commandProblem({ command, args }: { command: string; args: readonly string[] }): string | undefined {
  if (commandLine(command, args).length > maxCommandLine) {
    return `its command line is longer than ${maxCommandLine} characters: nobody reads that before they grant it`;
  }
  if (command.startsWith("-")) return "its command looks like an option";
  const isName = !/[/\\]/.test(command);
  return isName || /^(?:\/|[A-Za-z]:\\)/.test(command)
    ? undefined
    : "its command is a relative path: write the name of a program, or its whole path";
}

function addressProblem(source: ManifestSource): string | undefined {
  if (source.kind === "space") {
    const isAddress = /^https?:/i.test(source.space);
    if (isAddress) return urlProblem(source.space);
    return /^[\w.-]+\/[\w.-]+$/.test(source.space) ? undefined : "its space is neither owner/name nor an address";
  }
  const url = "url" in source ? source.url : undefined;
  return url === undefined ? undefined : urlProblem(url);
}

function urlProblem(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return "its url is no address of http: or https:";
  if (url.username + url.password !== "") return "its url holds a user or a password: leave them out";
  const parameters = [...url.searchParams, ...new URLSearchParams(url.hash.slice(1))];
  const secret = parameters.find(([name, value]) => isSecretName(name) || secretValue.test(value));
  return secret && `its url has the parameter ${secret[0].slice(0, 40)}, which looks like a secret: leave it out`;
}

/** `accessToken` is `access_token`. */
function isSecretName(name: string): boolean {
  return secretParameter.test(name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2"));
}
