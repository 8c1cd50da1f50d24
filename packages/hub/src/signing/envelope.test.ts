import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeEnvelope, parseEnvelope, payloadType, preAuthenticationEncoding, signersAmong } from "./envelope.ts";
import { publicKeyOf } from "./public-key.ts";

/** The keys of TEST 1 and TEST 2 of RFC 8032, section 7.1, which the test vectors of DSSE use too. */
const seeds = {
  A: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
  B: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
};
const publicHex = {
  A: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  B: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
};

type Name = keyof typeof seeds;

function privateKey(name: Name) {
  const der = Buffer.from(`302e020100300506032b657004220420${seeds[name]}`, "hex");
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { key, publicKey: publicKeyOf(createPublicKey(key)) };
}

const inToto = "application/vnd.in-toto+json";
const statement = "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==";
const byA = "2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==";
const byB = "c1+67/aT0yqEpwx8PsVY3MLHsj9D0CZ014/Fv/QlG59P+9CobUZ7xECJ/V3USG0Ob9CiE5LjReEZUzNF2l7eBw==";

interface Vector {
  type: string;
  payload: string;
  signatures: { sig: string; keyid?: string }[];
  by: Name[];
}

/** From testvectors/vectors.json of the DSSE specification. */
const vectors: [title: string, vector: Vector][] = [
  ["one signature", { type: inToto, payload: statement, signatures: [{ sig: byA, keyid: "A" }], by: ["A"] }],
  [
    "base64 of the alphabet for addresses",
    {
      type: inToto,
      payload: "-_-_Pj8=",
      signatures: [
        { sig: "P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw==", keyid: "A" },
      ],
      by: ["A"],
    },
  ],
  [
    "a payload whose type was swapped",
    { type: "application/vnd.example.other+json", payload: statement, signatures: [{ sig: byA, keyid: "A" }], by: [] },
  ],
  [
    "a type with more bytes than characters",
    {
      type: "application/vnd.exämple+json",
      payload: statement,
      signatures: [
        { sig: "xmSk/ug66ysT7ayhkCIjhAq42zgZXSsEWuzUaNL7w2eGAdF/NU6/fRXPtmfN+5DNSAs5/i2lUnHjbbjPsu0tAw==", keyid: "A" },
      ],
      by: ["A"],
    },
  ],
  [
    "an empty payload",
    {
      type: inToto,
      payload: "",
      signatures: [
        { sig: "gSggCAaTLTYyRH6FIDBem6meyIynsYy8RTHVzwx9tnTb7Bg/1jMWnuVgI/gffqmbsC2VX5/jHfkkDqsj7CDbDg==", keyid: "A" },
      ],
      by: ["A"],
    },
  ],
  [
    "two signatures",
    {
      type: inToto,
      payload: statement,
      signatures: [
        { sig: byA, keyid: "A" },
        { sig: byB, keyid: "B" },
      ],
      by: ["A", "B"],
    },
  ],
  [
    "one key twice",
    {
      type: inToto,
      payload: statement,
      signatures: [
        { sig: byA, keyid: "A" },
        { sig: byA, keyid: "A" },
      ],
      by: ["A"],
    },
  ],
  [
    "two signatures without ids of their keys",
    { type: inToto, payload: statement, signatures: [{ sig: byA }, { sig: byB }], by: ["A", "B"] },
  ],
  [
    "two signatures with each other's ids",
    {
      type: inToto,
      payload: statement,
      signatures: [
        { sig: byA, keyid: "B" },
        { sig: byB, keyid: "A" },
      ],
      by: ["A", "B"],
    },
  ],
];

describe("an envelope", () => {
  it("is signed over the encoding that DSSE describes", () => {
    expect(preAuthenticationEncoding("http://example.com/HelloWorld", Buffer.from("hello world")).toString()).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  it.each(vectors)("with %s has the signers that the vectors of DSSE say", (_title, vector) => {
    const json = { payload: vector.payload, payloadType: vector.type, signatures: vector.signatures };
    const envelope = parseEnvelope(Buffer.from(JSON.stringify(json)), "a vector");
    const keys = [privateKey("A").publicKey, privateKey("B").publicKey];
    expect(signersAmong(envelope, keys)).toEqual(vector.by.map((name) => privateKey(name).publicKey));
  });

  it("has the same bytes each time that it is made", () => {
    const make = () => makeEnvelope(Buffer.from("{}"), [privateKey("A"), privateKey("B")]);
    expect(make()).toEqual(make());
    expect(signersAmong(parseEnvelope(make(), "x"), [privateKey("B").publicKey])).toHaveLength(1);
    expect(parseEnvelope(make(), "x").payloadType).toBe(payloadType);
  });

  it("names its keys as RFC 8032 has them", () => {
    for (const name of ["A", "B"] as const) {
      const raw = Buffer.from(privateKey(name).publicKey.text.split(" ")[1] ?? "", "base64");
      expect(raw.toString("hex")).toBe(publicHex[name]);
    }
  });

  it.each<[string, unknown]>([
    ["no payload", { payloadType, signatures: [{ sig: "" }] }],
    ["no type", { payload: "", signatures: [{ sig: "" }] }],
    ["no signatures", { payloadType, payload: "", signatures: [] }],
    ["too many signatures", { payloadType, payload: "", signatures: Array.from({ length: 9 }, () => ({ sig: "" })) }],
    ["a signature that is no base64", { payloadType, payload: "", signatures: [{ sig: "§" }] }],
    ["a list for an envelope", []],
  ])("with %s is refused", (_title, json) => {
    const parse = () => parseEnvelope(Buffer.from(JSON.stringify(json)), "acme/act@1.0.0");
    expect(parse).toThrow(expect.objectContaining({ code: "SIGNATURE_INVALID" }));
  });

  it.each(["", "AA==", Buffer.alloc(63).toString("base64"), Buffer.alloc(65).toString("base64")])(
    "has no signer for a signature of the wrong length, %j",
    (sig) => {
      const json = { payloadType, payload: "", signatures: [{ sig }] };
      const envelope = parseEnvelope(Buffer.from(JSON.stringify(json)), "x");
      expect(signersAmong(envelope, [privateKey("A").publicKey])).toEqual([]);
    },
  );
});
