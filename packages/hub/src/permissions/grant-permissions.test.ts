import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noPermissions, permissionKinds, type Permissions } from "../manifest/permissions.ts";
import { type Grant, type GrantRequest, grantPermissions } from "./grant-permissions.ts";

const declared = { ...noPermissions(), net: ["api.example.com"], env: ["KEY"] };

/** A grant that notes what it is asked. */
function asked(answer: boolean): { requests: GrantRequest[]; grant: Grant } {
  const requests: GrantRequest[] = [];
  return {
    requests,
    grant: async (request) => {
      requests.push(request);
      return answer;
    },
  };
}

describe("grantPermissions", () => {
  it("gives exactly what is declared, even where more is granted", async () => {
    const granted = { net: ["api.example.com", "other.example.com"], env: ["KEY"], run: ["git"] };
    expect(await grantPermissions("acme/x", declared, granted)).toEqual(declared);
    expect(await grantPermissions("acme/x", declared, "declared")).toEqual(declared);
  });

  it("needs no grant where nothing is declared", async () => {
    expect(await grantPermissions("acme/x", noPermissions())).toEqual(noPermissions());
  });

  it("lists what is missing, and how to grant it", async () => {
    await expect(grantPermissions("acme/x", declared, { net: ["api.example.com"] })).rejects.toThrow(
      'acme/x wants permissions that are not granted: env KEY. If you trust it with them, pass permissions: {"net":["api.example.com"],"env":["KEY"]}',
    );
  });

  it("holds to what was granted before where the caller says nothing", async () => {
    expect(await grantPermissions("acme/x", declared, undefined, declared)).toEqual(declared);
    await expect(grantPermissions("acme/x", declared, undefined, noPermissions())).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
    });
  });

  it("lets a caller grant less than before", async () => {
    await expect(grantPermissions("acme/x", declared, {}, declared)).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
      data: { missing: declared },
    });
  });

  it("asks of a new package for everything that it declares", async () => {
    const { requests, grant } = asked(true);
    expect(await grantPermissions("acme/x", declared, grant)).toEqual(declared);
    expect(requests).toEqual([
      { ref: "acme/x", declared, granted: noPermissions(), missing: declared, isGrowth: false },
    ]);
  });

  it("asks again only for what has grown, and says so", async () => {
    const { requests, grant } = asked(true);
    const before = { ...noPermissions(), net: ["api.example.com", "old.example.com"] };
    expect(await grantPermissions("acme/x", declared, grant, before)).toEqual(declared);
    expect(requests).toEqual([
      {
        ref: "acme/x",
        declared,
        granted: before,
        missing: { ...noPermissions(), env: ["KEY"] },
        isGrowth: true,
      },
    ]);
  });

  it.each([
    ["nothing is declared", noPermissions(), undefined],
    ["all of it was granted before", declared, declared],
  ])("does not ask where %s", async (_title, wanted, before) => {
    const { requests, grant } = asked(false);
    expect(await grantPermissions("acme/x", wanted, grant, before)).toEqual(wanted);
    expect(requests).toEqual([]);
  });

  it("takes no for an answer", async () => {
    await expect(grantPermissions("acme/x", declared, asked(false).grant)).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
    });
  });

  it("gives nothing more to a function that changes what it is shown", async () => {
    const grant: Grant = (request) => {
      request.declared.run.push("git");
      request.missing.run.push("git");
      return true;
    };
    expect(await grantPermissions("acme/x", declared, grant)).toEqual({ ...declared, run: [] });
  });

  it("passes on what goes wrong while it asks", async () => {
    const grant: Grant = () => Promise.reject(new Error("the terminal is gone"));
    await expect(grantPermissions("acme/x", declared, grant)).rejects.toThrow("the terminal is gone");
  });

  it.each([
    [{ net: ["https://api.example.com/x"] }, "name the host alone"],
    [{ net: ["API.example.com"] }, "lower case"],
    [{ net: ["*"] }, "may not ask for all"],
    [{ env: ["A-B"] }, "not the name of an environment variable"],
    [{ read: ["../x"] }, '".."'],
    [{ run: ["rm -rf"] }, "without path and arguments"],
  ])("refuses the misspelt grant %j", async (granted, why) => {
    await expect(grantPermissions("acme/x", declared, granted)).rejects.toThrow(why);
  });

  it("never gives what is not declared, nor anything that neither caller nor lock file granted", async () => {
    const names = fc.subarray(["A", "B", "C"]);
    const permissions = names.map((env): Permissions => ({ net: [], env, read: [], write: [], run: [] }));
    const property = fc.asyncProperty(
      permissions,
      fc.option(permissions, { nil: undefined }),
      fc.option(permissions, { nil: undefined }),
      async (wanted, grant, before) => {
        const given = await grantPermissions("acme/x", wanted, grant, before).catch(() => undefined);
        const allowed = grant ?? before ?? noPermissions();
        const isAllowed = permissionKinds.every((kind) => wanted[kind].every((name) => allowed[kind].includes(name)));
        expect(given).toEqual(isAllowed ? wanted : undefined);
      },
    );
    await fc.assert(property);
  });
});
