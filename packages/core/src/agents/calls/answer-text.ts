import { errorMessage } from "../../errors/error-message.ts";
import { cutMiddle } from "../loop/cut-middle.ts";
import { valueText } from "../report/value-text.ts";
import { callEnded, isEndOfRun } from "./call-ended.ts";
import { isShelved, type MediaShelf } from "./media-shelf.ts";
import { quotedName } from "./name-list.ts";
import { plainText } from "./plain-text.ts";

/** Longest text of the arguments in an error, in characters. */
const maxArguments = 1000;

/** What the model is told of a result. Media are stored, and it is told the name. */
export function answerText(output: unknown, media: MediaShelf): string {
  if (isShelved(output)) {
    const { $media: name, kind, mediaType, size } = media.put(output);
    const what = size === undefined ? `${kind} of the type ${mediaType}` : `${kind} of ${size} bytes`;
    return `The result is stored as "${name}": ${what}. Give this name to tools that take it.`;
  }
  if (output === undefined) return "The tool ran. It has no result.";
  const text = plainText(media.shelve(output));
  return cutMiddle(typeof output === "string" ? text.trim() : text);
}

/** What the model is told of a call that failed. */
export function failureText(error: unknown, name: string, input: unknown): string {
  if (isEndOfRun(error)) return callEnded;
  const call = `${quotedName(name)}(${valueText(input, maxArguments)})`;
  return `${cutMiddle(errorMessage(error))}\nThe call was ${call}. Change the arguments, or use another tool.`;
}
