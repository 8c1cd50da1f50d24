import { isMediaRef, MediaRef, ToolInputError } from "@smoltools/core";
import { fieldOf, isRecord } from "../../shared/json-access.ts";
import { mediaTypeOf } from "../../shared/media/media-address.ts";
import { deref, fileMark, isFileType } from "../api/file-type.ts";
import type { SpaceEndpoint } from "../api/space-api.ts";

/** A file as Gradio takes it: where it is on the app's machine, or on the web. */
export interface GradioFile {
  path: string;
  url?: string;
  orig_name?: string;
  mime_type?: string;
  size?: number;
  meta: { _type: string };
}

/** What is sent for a call. */
export interface CallArguments {
  /** One for each input, as JSON; what the app keeps itself is `null`. */
  data: unknown[];
  /** Media, each with its place in the data, which is still to be filled in. */
  uploads: { media: MediaRef; file: GradioFile }[];
}

/**
 * Puts the arguments of a call in the order of the inputs.
 *
 * What comes out is plain JSON: no object of the library that would make it read a file of this machine, and no object
 * of a caller that would have the app take one of its own. Files come from media alone, or from an address that the
 * app fetches.
 *
 * @throws ToolInputError for an object that claims to be a file.
 */
export function callArguments(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  { inputs }: SpaceEndpoint,
): CallArguments {
  const uploads: CallArguments["uploads"] = [];
  const refuse = (path: string, received: string): never => {
    const expected = "media, or the address of a file on the web";
    throw new ToolInputError(
      `${tool} was called with wrong arguments:\n- ${path}: expected ${expected}, got ${received}`,
      {
        code: "TOOL_INPUT_INVALID",
        data: { tool, findings: [{ path, expected, received }] },
      },
    );
  };
  const sent = (value: unknown, types: readonly unknown[], root: unknown, path: string): unknown => {
    const known = alternatives(types, root);
    const isFile = known.some((type) => isFileType(type, root));
    if (isMediaRef(value)) return fileOf(value, uploads);
    if (isFile && typeof value === "string") return fileAt(value, uploads);
    if (Array.isArray(value)) {
      const items = known.map((type) => fieldOf(type, "items"));
      return value.map((item, index) => sent(item, items, root, `${path}[${index}]`));
    }
    if (!isRecord(value)) return value;
    if (isFile) return refuse(path, "an object that is not media");
    if (fieldOf(fieldOf(value, "meta"), "_type") === fileMark)
      return refuse(path, "an object that claims to be a file");
    const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
      const members = known.map((type) => fieldOf(fieldOf(type, "properties"), name));
      return [name, sent(member, members, root, `${path}.${name}`)];
    });
    return Object.fromEntries(entries);
  };
  const data = inputs.map((parameter) => {
    if (parameter === undefined) return null;
    const { name, type, default: given } = parameter;
    return Object.hasOwn(input, name) && input[name] !== undefined ? sent(input[name], [type], type, name) : given;
  });
  return { data, uploads };
}

function fileOf(media: MediaRef, uploads: CallArguments["uploads"]): GradioFile {
  const file: GradioFile = { path: "", meta: { _type: fileMark } };
  uploads.push({ media, file });
  return file;
}

/** A file that a text names: one on the web, or its bytes. The schema of the input lets nothing else through. */
function fileAt(address: string, uploads: CallArguments["uploads"]): GradioFile {
  if (address.startsWith("data:")) {
    return fileOf(MediaRef.fromUrl(address, { mediaType: mediaTypeOf(address, "file") }), uploads);
  }
  return { path: address, url: address, meta: { _type: fileMark } };
}

/** Schemas of which a value may be of any: those of `anyOf` in place of the schema that has them. */
function alternatives(types: readonly unknown[], root: unknown): unknown[] {
  const open = types.map((type) => deref(type, root));
  const seen = new Set<unknown>();
  // The list grows while it is walked.
  for (const type of open) {
    if (seen.has(type)) continue;
    seen.add(type);
    for (const keyword of ["anyOf", "oneOf", "allOf"]) {
      const members = fieldOf(type, keyword);
      if (Array.isArray(members)) open.push(...members.map((member: unknown) => deref(member, root)));
    }
  }
  return [...seen];
}
