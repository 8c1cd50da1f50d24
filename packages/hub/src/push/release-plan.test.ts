import { describe, expect, it } from "vitest";
import { releasePlan } from "./release-plan.ts";

const published = (text: string) =>
  text
    .split(" ")
    .filter((version) => version !== "")
    .map((version) => ({ version, tag: `v${version}`, commit: version }));

describe("releasePlan", () => {
  it.each<[version: string, published: string, before: string | undefined, branch: string]>([
    ["1.0.0", "", undefined, "main"],
    ["1.0.0", "1.0.0-rc.2 1.0.0-rc.1", undefined, "main"],
    ["1.0.1", "1.0.0", "1.0.0", "main"],
    ["2.0.0", "1.2.0 1.1.0", "1.2.0", "main"],
    ["1.2.1", "2.0.0-rc.1 1.2.0", "1.2.0", "main"],
    ["2.0.0-rc.1", "1.2.0", "1.2.0", "main"],
    ["2.0.0-rc.1", "2.0.0-rc.2 1.2.0", "1.2.0", "main"],
    ["1.2.4", "2.0.0 1.2.3 1.2.2", "1.2.3", "release/1.x"],
    ["1.2.4", "1.3.0 1.2.3", "1.2.3", "release/1.x"],
    ["1.3.0", "2.0.0 1.2.3", "1.2.3", "release/1.x"],
    ["0.2.5", "0.3.0 0.2.4 0.1.0", "0.2.4", "release/0.2.x"],
    ["1.2.4-rc.1", "2.0.0 1.2.3", "1.2.3", "release/1.x"],
    ["0.9.0-rc.1", "1.0.0", undefined, "release/0.9.x"],
  ])("%s after %j follows %s on %s", (version, others, before, branch) => {
    const plan = releasePlan(version, published(others));
    expect([plan.before?.version, plan.branch]).toEqual([before, branch]);
  });

  it.each<[version: string, published: string]>([
    ["0.9.0", "1.0.0"],
    ["0.2.0", "0.3.0"],
    ["1.1.0", "2.0.0 1.2.0"],
    ["3.0.0", "4.0.0 2.0.0"],
  ])("refuses %s after %j, where it is nobody's successor", (version, others) => {
    expect(() => releasePlan(version, published(others))).toThrow(expect.objectContaining({ code: "VERSION_TOO_LOW" }));
  });

  it("does not compare with what was yanked", () => {
    const { before, branch } = releasePlan("1.2.1", published("2.0.0 1.2.0"), (version) => version === "2.0.0");
    expect([before?.version, branch]).toEqual(["1.2.0", "main"]);
  });

  it("compares with yanked versions where there are no others", () => {
    expect(releasePlan("1.2.1", published("1.2.0"), () => true).before?.version).toBe("1.2.0");
  });
});
