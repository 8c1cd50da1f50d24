import { describe, expect, it } from "vitest";
import { pinnedLookup } from "./pinned-lookup.ts";
import { Reach } from "./reach.ts";

const look = (addresses: string[], all: boolean) =>
  new Promise((resolve, reject) => {
    const lookup = pinnedLookup({ reach: new Reach({ hosts: [] }), resolve: async () => addresses, maxPending: 1 });
    lookup("tool.example.com", { all }, (error, address, family) =>
      error ? reject(error) : resolve(all ? address : [address, family]),
    );
  });

describe("a pinned lookup", () => {
  it("hands public addresses on, in both forms that connections ask for", async () => {
    expect(await look(["1.1.1.1", "8.8.8.8"], false)).toEqual(["1.1.1.1", 4]);
    expect(await look(["1.1.1.1", "2606:4700::1111"], true)).toEqual([
      { address: "1.1.1.1", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ]);
  });

  it.each([false, true])("hands no private address on, when all are asked for: %s", async (all) => {
    await expect(look(["1.1.1.1", "10.0.0.1"], all)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });

  it("asks the system where nothing else is named", async () => {
    const lookup = pinnedLookup({ reach: new Reach({ hosts: [] }), maxPending: 1 });
    const addresses = await new Promise((resolve, reject) =>
      lookup("localhost", { all: true }, (error, list) => (error ? reject(error) : resolve(list))),
    );
    expect(addresses).not.toEqual([]);
  });
});
