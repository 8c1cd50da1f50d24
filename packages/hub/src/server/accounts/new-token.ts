import { createHash, randomBytes } from "node:crypto";

/**
 * Makes a token: `hf_` and 43 letters and digits with 256 bits of randomness.
 *
 * The prefix is what the official clients demand, and what scanners for leaked secrets look for.
 */
export function newToken(): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  let token = "hf_";
  while (token.length < 3 + 43) {
    for (const byte of randomBytes(64)) {
      // 248 is the largest multiple of 62 in a byte: what is above would make some letters likelier.
      if (byte < 248 && token.length < 3 + 43) token += alphabet[byte % alphabet.length];
    }
  }
  return token;
}

/**
 * What is kept of a token. SHA-256 is enough: slow hashes make guessing passwords dear, but nobody guesses 256 random
 * bits. Tokens are found by this hash, so how long a look-up takes tells nothing about the token itself.
 */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
