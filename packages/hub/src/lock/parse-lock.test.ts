import { isSmoltoolsError } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLock, type LockData, type LockEntry } from "./lock-data.ts";
import { parseLock } from "./parse-lock.ts";

const hash = `sha512-${"A".repeat(86)}==`;
const entry: LockEntry = {
  hub: "https://hub.example",
  repoType: "space",
  repo: "acme/act",
  version: "1.2.0",
  commit: "a".repeat(40),
  integrity: hash,
  permissions: { net: ["api.example.com"], env: [], read: [], write: [], run: [] },
  declarations: hash,
};
const data: LockData = { lockfileVersion: 1, packages: { "acme/act@^1": entry } };

function codeOf(text: string): unknown {
  try {
    parseLock(text, "smoltools.lock");
    return "none";
  } catch (error) {
    return isSmoltoolsError(error) ? error.code : error;
  }
}

describe("parseLock", () => {
  it("reads what formatLock writes", () => {
    expect(parseLock(formatLock(data), "smoltools.lock")).toEqual(data);
  });

  it("takes every public host for an agent's permission", () => {
    const agent: LockEntry = { ...entry, kind: "agent", permissions: { ...entry.permissions, net: ["*"] } };
    const text = formatLock({ ...data, packages: { "acme/act": agent } });
    expect(parseLock(text, "smoltools.lock").packages["acme/act"]).toEqual(agent);
  });

  it("never fails in another way than with LOCK_INVALID", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        expect(codeOf(text)).toBe("LOCK_INVALID");
      }),
    );
  });

  it("never fails in another way for a good file in which something was replaced", () => {
    const good = formatLock(data);
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, text) => {
        expect(codeOf(good.slice(0, at) + text + good.slice(at + length))).toMatch(/^(?:none|LOCK_INVALID)$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("formatLock", () => {
  it("gives the same text whatever the order in which refs were locked", () => {
    const refs = fc.uniqueArray(fc.stringMatching(/^acme\/[a-z]{1,8}$/), { maxLength: 8 });
    fc.assert(
      fc.property(refs, (names) => {
        const of = (order: string[]) => ({
          ...data,
          packages: Object.fromEntries(order.map((name) => [name, Object.assign({}, entry, { repo: name })])),
        });
        expect(formatLock(of(names))).toBe(formatLock(of([...names].reverse())));
      }),
    );
  });
});
