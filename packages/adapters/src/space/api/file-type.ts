import type { JsonSchemaObject, MediaKind } from "@smoltools/core";
import { fieldOf, isRecord } from "../../shared/json-access.ts";

/** What Gradio marks its files with. */
export const fileMark = "gradio.FileData";

/** Follows the references of a schema within it; a schema without one is given back. */
export function deref(schema: unknown, root: unknown): unknown {
  let here = schema;
  for (let hop = 0; hop < 32 && isRecord(here) && typeof here["$ref"] === "string"; hop++) {
    const [, name] = /^#\/\$defs\/([^/]+)$/.exec(here["$ref"]) ?? [];
    if (name === undefined) return here;
    here = fieldOf(fieldOf(root, "$defs"), name);
  }
  return here;
}

/** Tells the schema of one of Gradio's files, by what Gradio itself goes by: a path, and a mark. */
export function isFileType(schema: unknown, root: unknown): boolean {
  const properties = fieldOf(deref(schema, root), "properties");
  if (!isRecord(properties) || !Object.hasOwn(properties, "path")) return false;
  const meta = deref(properties["meta"], root);
  const mark = deref(fieldOf(fieldOf(meta, "properties"), "_type"), root);
  const marks = [fieldOf(mark, "const"), fieldOf(mark, "default"), fieldOf(fieldOf(meta, "default"), "_type")];
  return marks.includes(fileMark);
}

/** What a file is: by the component that shows it, the member that holds it, or its own schema. */
export function fileKind(component: string, member: string | undefined, schema: unknown): MediaKind | undefined {
  const name = (member ?? component).toLowerCase();
  if (name === "image" || name === "audio" || name === "video") return name;
  return fieldOf(schema, "title") === "ImageData" ? "image" : undefined;
}

const called: Readonly<Record<MediaKind, string>> = {
  image: "An image",
  audio: "A sound",
  video: "A video",
  file: "A file",
};

/** A file in the input of a tool: media, or the address of a file that is not on this machine. */
export function fileInputSchema(kind: MediaKind | undefined): JsonSchemaObject {
  return {
    anyOf: [
      fileOutputSchema(kind),
      {
        type: "string",
        description: "Its address. The Space fetches it.",
        pattern: "^(?:https?://|data:)",
      },
    ],
  };
}

/** A file in the output of a tool. */
export function fileOutputSchema(kind: MediaKind | undefined): JsonSchemaObject {
  return {
    type: "object",
    description: `${called[kind ?? "file"]}.`,
    properties: { kind: kind === undefined ? { type: "string" } : { const: kind }, mediaType: { type: "string" } },
    required: ["kind", "mediaType"],
  };
}
