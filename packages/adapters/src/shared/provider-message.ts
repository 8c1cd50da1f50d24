import { fieldOf, isRecord, parseJson, textField } from "./json-access.ts";

/** What a provider says of a failure. */
export interface ProviderMessage {
  /** One line, without control characters; empty when it says nothing. */
  text: string;
  /** Its own name or number for the failure. */
  code?: string | number;
}

/** Takes secrets out of a text. */
type Redact = (text: string) => string;

/**
 * Finds the message in the body of a failed answer.
 *
 * Known forms: `{ error: { message, code } }` (OpenAI, vLLM, llama.cpp, Ollama), `{ error: "…" }` (Hugging Face),
 * `{ detail }` (FastAPI), `{ message }`, the same in a list (Google), an HTML page (proxies), plain text.
 *
 * @param body - The body as text.
 * @param redact - Takes secrets out of the message, before it is shortened: half a secret is not known any more.
 */
export function providerMessage(body: string, redact: Redact = (text) => text): ProviderMessage {
  const json = parseJson(body);
  if (isRecord(json) || Array.isArray(json)) return messageOf(Array.isArray(json) ? json[0] : json, redact);
  if (body.trimStart().startsWith("<")) {
    const title = /<title[^<>]*>([^<]*)/i.exec(body.slice(0, longestHead))?.[1]?.trim();
    return { text: shortLine(redact(title ? `an HTML page, "${title}"` : "an HTML page")) };
  }
  return { text: shortLine(redact(body)) };
}

/**
 * Finds the message in an error object.
 *
 * @param json - The object, or an object that holds it as `error`.
 * @param redact - Takes secrets out of the message.
 */
export function messageOf(json: unknown, redact: Redact): ProviderMessage {
  const error = fieldOf(json, "error") ?? json;
  if (typeof error === "string") return { text: shortLine(redact(error)) };
  const text =
    textField(error, "message") ?? textField(json, "message") ?? detailOf(fieldOf(json, "detail")) ?? textOf(error);
  const code = fieldOf(error, "code") ?? fieldOf(error, "type");
  return { text: shortLine(redact(text)), ...((typeof code === "string" || typeof code === "number") && { code }) };
}

function detailOf(detail: unknown): string | undefined {
  if (typeof detail === "string") return detail;
  return Array.isArray(detail) ? detail.map((item) => textField(item, "msg") ?? textOf(item)).join("; ") : undefined;
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

const longestLine = 500;
/** How far a page is looked through for its title, in characters. */
const longestHead = 16 * 1024;

/** A text from outside, fit for an error message: one line, printable, not long. */
export function shortLine(text: string, longest: number = longestLine): string {
  // Control characters could drive the terminal that shows the message.
  const line = text
    .slice(0, longest * 4)
    .replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
