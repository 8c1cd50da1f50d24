import { describe, expect, it } from "vitest";
import type { Finding } from "../compat/compatibility.ts";
import { findingText, versionGate } from "./version-gate.ts";

const found = (rule: string, bump: Finding["bump"]): Finding => ({ rule, bump, path: "/x", message: "it changed" });
const narrowed = found("input-narrowed", "major");
const added = found("input-added", "minor");
const described = found("description-changed", "patch");

function gate(version: string, before: string, findings: Finding[], allow?: Record<string, string>) {
  return versionGate("acme/act", version, before, { bump: "major", findings }, allow);
}

describe("versionGate", () => {
  it.each<[version: string, before: string, findings: Finding[], least: string | undefined]>([
    ["1.0.1", "1.0.0", [], "1.0.1"],
    ["1.0.1", "1.0.0", [described], "1.0.1"],
    ["1.1.0", "1.0.0", [added, described], "1.1.0"],
    ["1.5.0", "1.0.0", [added], "1.1.0"],
    ["2.0.0", "1.4.2", [narrowed, added], "2.0.0"],
    ["0.2.0", "0.1.7", [narrowed], "0.2.0"],
    ["0.1.8", "0.1.7", [added], "0.1.8"],
    ["1.0.1-rc.1", "1.0.0", [narrowed], undefined],
  ])("lets %s pass after %s", (version, before, findings, least) => {
    expect(gate(version, before, findings).least).toBe(least);
  });

  it.each<[version: string, before: string, findings: Finding[], least: string]>([
    ["1.0.1", "1.0.0", [added], "1.1.0"],
    ["1.9.0", "1.0.0", [narrowed], "2.0.0"],
    ["0.1.8", "0.1.7", [narrowed], "0.2.0"],
  ])("refuses %s after %s, and says what it should be", (version, before, findings, least) => {
    expect(() => gate(version, before, findings)).toThrow(
      expect.objectContaining({ code: "VERSION_TOO_LOW", data: { version, before, least, findings } }),
    );
  });

  it("lists the findings that ask for more, and no others", () => {
    expect(() => gate("1.1.0", "1.0.0", [narrowed, added])).toThrow(/^(?!.*input-added).*input-narrowed/s);
  });

  it("lists no more than a reader can take in", () => {
    const many = Array.from({ length: 500 }, () => narrowed);
    expect(() => gate("1.1.0", "1.0.0", many)).toThrow(/and 480 more/);
  });

  it("does not count what is allowed, and tells that it was", () => {
    const allow = { "input-narrowed": "nobody used it", "tool-removed": "unused" };
    expect(gate("1.1.0", "1.0.0", [narrowed, added], allow)).toEqual({
      least: "1.1.0",
      allowed: [{ rule: "input-narrowed", reason: "nobody used it" }],
    });
  });

  it("still counts what another rule found", () => {
    expect(() => gate("1.0.1", "1.0.0", [narrowed, added], { "input-narrowed": "why not" })).toThrow(
      /at least 1\.1\.0/,
    );
  });

  it("takes rules that are named like members of every object for what they are", () => {
    expect(() => gate("1.0.1", "1.0.0", [found("constructor", "major")])).toThrow(/at least 2\.0\.0/);
  });
});

describe("findingText", () => {
  it("repeats nothing that commands a terminal, and nothing without end", () => {
    const finding: Finding = { ...narrowed, tool: "a\u001b[2J", before: "\u202ex", after: "y".repeat(100_000) };
    const text = findingText(finding);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.length).toBeLessThan(1000);
  });

  it("says rule, place, what was and what is", () => {
    const finding: Finding = { ...narrowed, tool: "act", before: "number", after: "integer", unproved: true };
    expect(findingText(finding)).toBe(
      "major input-narrowed act /x: was number, is integer, it changed (not proved to be compatible)",
    );
  });
});
