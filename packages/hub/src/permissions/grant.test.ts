import { describe, expect, it } from "vitest";
import { noPermissions } from "../manifest/permissions.ts";
import { grantPermissions } from "./grant.ts";

const declared = { ...noPermissions(), net: ["api.example.com"], env: ["KEY"] };

describe("grantPermissions", () => {
  it("gives exactly what is declared, even where more is granted", () => {
    const granted = { net: ["api.example.com", "other.example.com"], env: ["KEY"], run: ["git"] };
    expect(grantPermissions("acme/x", declared, granted)).toEqual(declared);
    expect(grantPermissions("acme/x", declared, "declared")).toEqual(declared);
  });

  it("needs no grant where nothing is declared", () => {
    expect(grantPermissions("acme/x", noPermissions())).toEqual(noPermissions());
  });

  it("lists what is missing, and how to grant it", () => {
    expect(() => grantPermissions("acme/x", declared, { net: ["api.example.com"] })).toThrow(
      'acme/x wants permissions that are not granted: env KEY. If you trust it with them, pass permissions: {"net":["api.example.com"],"env":["KEY"]}',
    );
  });

  it.each([
    [{ net: ["https://api.example.com/x"] }, "name the host alone"],
    [{ net: ["API.example.com"] }, "lower case"],
    [{ net: ["*"] }, "may not ask for all"],
    [{ env: ["A-B"] }, "not the name of an environment variable"],
    [{ read: ["../x"] }, '".."'],
    [{ run: ["rm -rf"] }, "without path and arguments"],
  ])("refuses the misspelt grant %j", (granted, why) => {
    expect(() => grantPermissions("acme/x", declared, granted)).toThrow(why);
  });
});
