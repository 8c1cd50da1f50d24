import { HubServerError } from "../../hub-server-error.ts";
import { optionalText, textField } from "../../http/request/fields.ts";

/**
 * The bytes of a file in a JSON body: its `content`, whose `encoding` is `base64` or `utf-8`.
 *
 * @param path - Names the file in the error.
 * @param maxBytes - Largest file.
 * @throws HubServerError `HUB_BAD_REQUEST` or `HUB_TOO_LARGE`.
 */
export function decodeContent(path: string, fields: Record<string, unknown>, maxBytes: number): Buffer {
  const content = textField(fields, "content");
  const encoding = optionalText(fields, "encoding") ?? "utf-8";
  if (encoding !== "base64" && encoding !== "utf-8") {
    throw new HubServerError("HUB_BAD_REQUEST", `${path} has an unknown encoding: use base64 or utf-8.`);
  }
  const bytes = Buffer.from(content, encoding);
  if (encoding === "base64" && bytes.length !== base64Size(content)) {
    throw new HubServerError("HUB_BAD_REQUEST", `The content of ${path} is not base64.`);
  }
  if (bytes.length <= maxBytes) return bytes;
  throw new HubServerError(
    "HUB_TOO_LARGE",
    `${path} has ${bytes.length} bytes: this hub takes files of at most ${maxBytes} bytes.`,
  );
}

/** How many bytes a text stands for if all of it is base64. Node leaves out what is not, and gives fewer then. */
function base64Size(text: string): number {
  const padding = text.endsWith("==") ? 2 : Number(text.endsWith("="));
  return (text.length / 4) * 3 - padding;
}
