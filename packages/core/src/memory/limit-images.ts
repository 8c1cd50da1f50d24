import type { ContentPart, Message } from "../messages/message.ts";

/**
 * Leaves out the earliest images where there are more than allowed, and says so in their place.
 *
 * @returns The same list when nothing is left out.
 */
export function limitImages(messages: Message[], maxImages: number): Message[] {
  let excess = -maxImages;
  for (const { role, content } of messages) {
    if (role === "user") for (const part of content) if (part.type === "image") excess += 1;
  }
  if (excess <= 0) return messages;
  const replaced = (part: ContentPart): ContentPart => {
    if (part.type !== "image" || excess <= 0) return part;
    excess -= 1;
    return { type: "text", text: "(an earlier image is no longer shown)" };
  };
  return messages.map((message) =>
    message.role === "user" && message.content.some((part) => part.type === "image")
      ? { ...message, content: message.content.map(replaced) }
      : message,
  );
}
