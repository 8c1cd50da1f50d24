import { DOMException } from "./dom-exception.ts";
import { ask, askBytes, bytesOf } from "./services.ts";

/** Real randomness, from the host. There is no `crypto.subtle`. */
export const crypto: {
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
} = {
  getRandomValues(array) {
    if (!ArrayBuffer.isView(array))
      throw new DOMException("crypto.getRandomValues: its argument is not a typed array", "TypeMismatchError");
    if (array.byteLength > 65_536) {
      throw new DOMException("crypto.getRandomValues: at most 65536 bytes at a time", "QuotaExceededError");
    }
    bytesOf(array).set(askBytes("random", array.byteLength));
    return array;
  },
  randomUUID: () => ask<string>("uuid", null) ?? "",
};
