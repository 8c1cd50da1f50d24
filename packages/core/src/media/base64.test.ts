import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

describe("base64", () => {
  it("is that of Node.js, and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([0x5fff, 0x6000, 0x6001, 3 * 0x6000 + 1, 1_000_000])("takes %d bytes", (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
    expect(Buffer.from(decodeBase64(encodeBase64(bytes))).equals(bytes)).toBe(true);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  });

  it("takes a part of a larger buffer as that part", () => {
    expect(encodeBase64(Uint8Array.of(1, 2, 3, 4).subarray(1, 2))).toBe("Ag==");
  });

  it.each(["?", "A", "AA=A", "ä"])("refuses %j", (text) => {
    expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ name: "InvalidCharacterError" }));
  });
});
