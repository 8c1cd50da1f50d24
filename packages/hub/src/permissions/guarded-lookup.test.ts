import { describe, expect, it } from "vitest";
import { guardedLookup } from "./guarded-lookup.ts";

const look = (addresses: string[], all: boolean) =>
  new Promise((resolve, reject) => {
    const answer = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const lookup = guardedLookup((_hostname, _options, callback) => callback(null, answer));
    lookup("tool.example.com", { all }, (error, address) => (error ? reject(error) : resolve(address)));
  });

describe("guardedLookup", () => {
  it("hands public addresses on, in both forms that connections ask for", async () => {
    expect(await look(["1.1.1.1", "8.8.8.8"], false)).toBe("1.1.1.1");
    expect(await look(["1.1.1.1"], true)).toEqual([{ address: "1.1.1.1", family: 4 }]);
  });

  it.each([["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::1"], ["169.254.169.254"]])(
    "refuses %s",
    async (...addresses) => {
      await expect(look(addresses, true)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    },
  );

  it("refuses a name without an address", async () => {
    await expect(look([], true)).rejects.toThrow("it has no address");
  });

  it("passes on what the name servers say", async () => {
    const lookup = guardedLookup((_hostname, _options, callback) => callback(new Error("ENOTFOUND"), []));
    const error = await new Promise((resolve) => lookup("x.example.com", {}, resolve));
    expect(error).toMatchObject({ message: "ENOTFOUND" });
  });
});
