import { expect, test } from "vitest";
import { tokenOf } from "./token-of.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

test.each([
  ["Bearer hf_x", "hf_x"],
  ["bearer  hf_x ", "hf_x"],
  [basic("alice:hf_x"), "hf_x"],
  [basic("hf_x:"), "hf_x"],
  [basic(":hf_x"), "hf_x"],
  [basic("alice:hf:x"), "hf:x"],
  [basic("alice"), undefined],
  [basic(":"), undefined],
  ["Basic %%%", undefined],
  ["Digest hf_x", undefined],
  ["hf_x", undefined],
  ["Bearer", undefined],
  ["", undefined],
])("%j has the token %j", (header, token) => {
  expect(tokenOf(header, true)).toBe(token);
});

test("where Basic is not allowed it has no token, Bearer has", () => {
  expect([tokenOf(basic("alice:hf_x"), false), tokenOf("Bearer hf_x", false)]).toEqual([undefined, "hf_x"]);
});
