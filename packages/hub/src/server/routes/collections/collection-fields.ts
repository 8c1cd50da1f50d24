import { randomBytes } from "node:crypto";
import { type CollectionItem, type CollectionItemType, themes } from "../../collections/collection.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { optionalObject, optionalText, textField } from "../../http/request/fields.ts";

const maxTitle = 100;
const maxDescription = 500;
const maxNote = 500;
const types: readonly CollectionItemType[] = ["model", "dataset", "space", "collection"];

/** What a body says of a collection or of an item of one; only what is there. */
export interface CollectionFields {
  title?: string;
  description?: string;
  theme?: string;
  position?: number;
  note?: string;
}

/** @throws HubServerError `HUB_BAD_REQUEST` that names the field. */
export function readCollectionFields(fields: Record<string, unknown>): CollectionFields {
  const title = optionalText(fields, "title")?.trim();
  if (title !== undefined && (title === "" || title.length > maxTitle))
    throw bad("title", `1 to ${maxTitle} characters`);
  const description = optionalText(fields, "description");
  if ((description?.length ?? 0) > maxDescription) throw bad("description", `at most ${maxDescription} characters`);
  const note = optionalText(fields, "note");
  if ((note?.length ?? 0) > maxNote) throw bad("note", `at most ${maxNote} characters`);
  const theme = optionalText(fields, "theme");
  if (theme !== undefined && !themes.includes(theme)) throw bad("theme", `one of ${themes.join(", ")}`);
  const position = fields["position"] ?? undefined;
  if (position !== undefined && !isPosition(position)) throw bad("position", "a number from 0");
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(theme !== undefined && { theme }),
    ...(position !== undefined && { position }),
    ...(note !== undefined && { note }),
  };
}

/** @throws HubServerError `HUB_BAD_REQUEST`, or `HUB_NOT_IMPLEMENTED` for what the hub does not have. */
export function readItem(fields: Record<string, unknown>): CollectionItem {
  const item = optionalObject(fields, "item") ?? {};
  const typeName = textField(item, "type");
  const type = types.find((known) => known === typeName);
  if (!type) {
    throw new HubServerError("HUB_NOT_IMPLEMENTED", `Collections of this hub hold ${types.join("s, ")}s only.`);
  }
  const { note } = readCollectionFields(fields);
  const id = randomBytes(12).toString("hex");
  return { id, type, target: textField(item, "id"), ...(note !== undefined && { note }) };
}

function isPosition(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function bad(field: string, wanted: string): HubServerError {
  return new HubServerError("HUB_BAD_REQUEST", `The field "${field}" has to be ${wanted}.`);
}
