// Files of Gradio: how its schemas tell of them, and what stands for them in its data.

import { fromBase64, mediaAt, mediaOf, readMedia, toBase64 } from "./media.js";

/** What Gradio marks its files with. */
const mark = "gradio.FileData";

/** Most bytes of the files of one result that are fetched: more do not fit through a sandbox. */
const maxResultBytes = 5 * 1024 * 1024;

const typesByEnding = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  wav: "audio/wav",
  webm: "video/webm",
  webp: "image/webp",
};
const typesByKind = { image: "image/png", audio: "audio/wav", video: "video/mp4" };

/**
 * An argument as Gradio takes it. Files come from media or from addresses of the web alone: an object that claims to be
 * a file would have the app read one of its own.
 *
 * @param type - The schema that Gradio gives for it.
 * @param {{ media: object, file: object }[]} uploads - Takes the media that have to be sent before.
 */
export function sentValue(value, type, uploads) {
  const walk = (part, types, path) => {
    const known = alternatives(types, type);
    const isFile = known.some((each) => isFileType(each, type));
    const media = readMedia(part);
    if (media) return fileOf(media, uploads);
    if (isFile && typeof part === "string") return fileAt(part, uploads);
    if (Array.isArray(part)) {
      const items = known.map((each) => each?.items);
      return part.map((item, index) => walk(item, items, `${path}[${index}]`));
    }
    if (!isRecord(part)) return part;
    if (isFile || part.meta?._type === mark) {
      throw new TypeError(`${path || "the value"} is no media: give media, or the address of a file on the web`);
    }
    const entries = Object.entries(part).map(([name, member]) => {
      const members = known.map((each) => own(each?.properties, name));
      return [name, walk(member, members, `${path}.${name}`)];
    });
    return Object.fromEntries(entries);
  };
  return walk(value, [type], "");
}

/** The form with which media are uploaded, in their order. */
export function uploadForm(uploads) {
  const form = new FormData();
  for (const [index, { media, file }] of uploads.entries()) {
    const bytes = fromBase64(media.base64);
    const name = fileName(media, index);
    form.append("files", new File([bytes], name, { type: media.mediaType }));
    Object.assign(file, { orig_name: name, mime_type: media.mediaType, size: bytes.length });
  }
  return form;
}

/**
 * A result with media in place of files.
 *
 * @param {string} component - What shows it: `Audio`.
 * @param {{ api: string, budget: { bytes: number }, fetchFile: (url: string, maxBytes: number) => Promise<Uint8Array> }} from -
 *   Files of the app's own host are fetched, as long as they fit; others stay addresses.
 */
export async function receivedValue(value, component, from) {
  if (Array.isArray(value)) {
    const items = [];
    for (const item of value) items.push(await receivedValue(item, component, from));
    return items;
  }
  if (!isRecord(value)) return value;
  if (value.meta?._type === mark) return receivedFile(value, component, from);
  // What only changes how an output is shown may have its value too.
  if (value.__type__ === "update") return receivedValue(value.value ?? null, component, from);
  const entries = [];
  for (const [name, part] of Object.entries(value)) entries.push([name, await receivedValue(part, name, from)]);
  return Object.fromEntries(entries);
}

/** A budget for {@link receivedValue}. */
export function newBudget() {
  return { bytes: maxResultBytes };
}

async function receivedFile(file, component, { api, budget, fetchFile }) {
  const path = typeof file.path === "string" ? file.path : undefined;
  const url = addressOf(path, typeof file.url === "string" ? file.url : undefined, api);
  if (url === undefined) return null;
  const name = file.orig_name || (path ?? url).split(/[\\/]/).at(-1)?.split(/[?#]/)[0];
  const mediaType = mediaTypeOf(component.toLowerCase(), file.mime_type, name || url);
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  if (base64 !== undefined) return mediaOf(base64, mediaType, name);
  if (new URL(url).origin !== new URL(api).origin || budget.bytes <= 0) return mediaAt(url, mediaType, name);
  const bytes = await fetchFile(url, budget.bytes);
  if (!bytes) return mediaAt(url, mediaType, name);
  budget.bytes -= bytes.length;
  return mediaOf(toBase64(bytes), mediaType, name);
}

/** What an app says of its own address may be that of a proxy, or wrong: its path is sure. */
function addressOf(path, url, api) {
  if (url?.startsWith("data:")) return url;
  const isWeb = (text) => /^https?:\/\//i.test(text ?? "") && URL.canParse(text);
  if (isWeb(path)) return path;
  if (path !== undefined) return `${api}/file=${path.split("/").map(encodeURIComponent).join("/")}`;
  return isWeb(url) ? url : undefined;
}

/** What an image, a sound or a video is shown as is of that kind, whatever is known of its type. */
function mediaTypeOf(component, said, name) {
  const [, ending] = /\.(\w{1,8})$/.exec(name) ?? [];
  const byEnding = own(typesByEnding, ending?.toLowerCase());
  const isType = typeof said === "string" && /^[\w.+-]+\/[\w.+-]+$/.test(said);
  const guess = isType ? said : (byEnding ?? "application/octet-stream");
  const byKind = own(typesByKind, component);
  if (byKind === undefined || guess.startsWith(`${component}/`)) return guess;
  if (byEnding?.startsWith(`${component}/`)) return byEnding;
  return ending === undefined || byEnding !== undefined ? byKind : `${component}/${ending.toLowerCase()}`;
}

function fileOf(media, uploads) {
  if (media.base64 === undefined) return webFile(media.url);
  const file = { path: "", meta: { _type: mark } };
  uploads.push({ media, file });
  return file;
}

function fileAt(address, uploads) {
  const [, mediaType, base64] = /^data:([\w.+-]+\/[\w.+-]+)?[^,]*;base64,(.*)$/s.exec(address) ?? [];
  if (base64 !== undefined) {
    return fileOf({ kind: "file", mediaType: mediaType ?? "application/octet-stream", base64 }, uploads);
  }
  return webFile(address);
}

function webFile(url) {
  if (!/^https?:\/\//i.test(url ?? "")) throw new TypeError("a file is media, or an address of http:, https: or data:");
  return { path: url, url, meta: { _type: mark } };
}

/** Apps tell kinds of files by the ends of their names. */
function fileName({ name = "", kind, mediaType }, index) {
  const base = (name.split(/[\\/]/).at(-1) ?? "").replace(/[\p{Cc}"]/gu, "_");
  if (/\.\w{1,8}$/.test(base)) return base.slice(-100);
  const known = Object.entries(typesByEnding).find(([, type]) => type === mediaType)?.[0];
  const [, subtype = "bin"] = /^[\w.-]+\/(?:x-|vnd\.)?([\w-]+)/.exec(mediaType) ?? [];
  const ending = known ?? (subtype === "plain" ? "txt" : subtype === "octet-stream" ? "bin" : subtype);
  return `${base.slice(0, 80) || `${kind}_${index + 1}`}.${ending}`;
}

/** Gradio itself goes by this: a path, and a mark. */
function isFileType(schema, root) {
  const properties = deref(schema, root)?.properties;
  if (own(properties, "path") === undefined) return false;
  const meta = deref(properties.meta, root);
  const type = deref(meta?.properties?._type, root);
  return [type?.const, type?.default, meta?.default?._type].includes(mark);
}

/** The schemas of which a value may be of any: those of `anyOf` beside the schema that has them. */
function alternatives(types, root) {
  const open = types.map((type) => deref(type, root));
  const seen = new Set();
  for (const type of open) {
    if (!isRecord(type) || seen.has(type)) continue;
    seen.add(type);
    for (const keyword of ["anyOf", "oneOf", "allOf"]) {
      if (Array.isArray(type[keyword])) open.push(...type[keyword].map((member) => deref(member, root)));
    }
  }
  return [...seen];
}

function deref(schema, root) {
  let here = schema;
  for (let hop = 0; hop < 32 && typeof here?.$ref === "string"; hop++) {
    const [, name] = /^#\/\$defs\/([^/]+)$/.exec(here.$ref) ?? [];
    here = name === undefined ? undefined : own(root?.$defs, name);
  }
  return here;
}

function own(object, name) {
  return isRecord(object) && name !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
