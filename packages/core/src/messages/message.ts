import { wellFormed } from "./well-formed.ts";

/** Who speaks. A `tool` message answers a native tool call of the assistant. */
export type Role = "system" | "user" | "assistant" | "tool";

/** A piece of text. */
export interface TextPart {
  type: "text";
  text: string;
}

/** An image, by its bytes in base64 or by an address the provider can fetch. */
export interface ImagePart {
  type: "image";
  /** Such as `"image/png"`. */
  mediaType: string;
  /** Bytes in base64. */
  data?: string;
  /** Address, when `data` is absent. */
  url?: string;
}

/** What a message can hold. */
export type ContentPart = TextPart | ImagePart;

/** A native tool call as the model wrote it; `arguments` is JSON text that nobody has checked yet. */
export interface ToolCallPart {
  id: string;
  name: string;
  arguments: string;
}

/** One message of a conversation with a model. */
export type Message =
  | { role: "system"; content: ContentPart[] }
  | { role: "user"; content: ContentPart[] }
  | { role: "assistant"; content: ContentPart[]; toolCalls?: ToolCallPart[] }
  | { role: "tool"; content: ContentPart[]; toolCallId: string };

/** A text as a part of a message. Every text that a model is told passes here. */
export function textPart(text: string): TextPart {
  return { type: "text", text: wellFormed(text) };
}

/** A message of one text. */
export function textMessage(role: "system" | "user" | "assistant", text: string): Message {
  return { role, content: [textPart(text)] };
}

/** The text of a message, its other parts left out. */
export function messageText(message: Message): string {
  return message.content.map((part) => (part.type === "text" ? part.text : "")).join("");
}
