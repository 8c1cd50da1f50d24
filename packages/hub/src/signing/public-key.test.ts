import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parsePublicKey, publicKeyOf } from "./public-key.ts";

const made = publicKeyOf(generateKeyPairSync("ed25519").publicKey);

describe("a public key", () => {
  it("is read as it was written", () => {
    const read = parsePublicKey(made.text);
    expect([read.text, read.id]).toEqual([made.text, made.id]);
    expect(read.key.equals(made.key)).toBe(true);
  });

  it("may have a comment and white space around it", () => {
    expect(parsePublicKey(`  ${made.text} release key of acme\n`).text).toBe(made.text);
  });

  it.each([
    "",
    "smoltools-ed25519",
    "smoltools-ed25519 AAAA",
    made.text.replace("smoltools", "ssh"),
    made.text.replace(" ", "  "),
    `${made.text}x`,
    // 32 bytes whose last base64 digit has bits that no byte has.
    `smoltools-ed25519 ${"A".repeat(42)}B=`,
    `smoltools-ed25519 ${"A".repeat(43)}=\nsmoltools-ed25519 ${"A".repeat(43)}=`,
  ])("is not %j", (text) => {
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
  });
});
