import { ArrayBuffer, String, TypeError } from "./builtins.ts";
import { DOMException } from "./dom-exception.ts";
import { ask, askBytes, bytesOf, digest } from "./services.ts";

const algorithms: readonly string[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];

/** Real randomness and digests, from the host. `subtle` has nothing but `digest`. */
export const crypto: {
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
  subtle: { digest(algorithm: string | { name: string }, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer> };
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
  subtle: {
    async digest(algorithm, data) {
      const name = String(typeof algorithm === "object" && algorithm !== null ? algorithm.name : algorithm);
      const known = algorithms.find((candidate) => candidate === name.toUpperCase());
      if (known === undefined) {
        const message = `crypto.subtle.digest: ${name} is not one of ${algorithms.join(", ")}`;
        throw new DOMException(message, "NotSupportedError");
      }
      if (!(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data)) {
        throw new TypeError("crypto.subtle.digest: its second argument is neither an ArrayBuffer nor a view of one");
      }
      return digest(known, bytesOf(data)).buffer;
    },
  },
};
