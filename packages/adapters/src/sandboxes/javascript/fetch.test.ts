import type { HostFetch, HostFetchRequest } from "@smoltools/core";
import { expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { processSandbox } from "../process/index.ts";

needsIsolation();

test("the host hears what becomes of redirects, and one that follows them all the same is found out", async () => {
  const requests: HostFetchRequest[] = [];
  const fetch: HostFetch = async (request) => {
    requests.push(request);
    const url = request.url.endsWith("/followed") ? "https://y.org/" : request.url;
    return { url, status: 302, statusText: "Found", headers: [["location", "/b"]], body: "" };
  };
  await using sandbox = await processSandbox().create({ fetch });
  const { value } = await sandbox.run(`
    const followed = await fetch("https://x.org/followed");
    const refused = await fetch("https://x.org/followed", { redirect: "error" }).catch((error) => error.name);
    const own = await fetch("https://x.org/#part", { redirect: "manual" });
    [followed.redirected, refused, own.redirected, own.status, own.headers.get("location")]`);
  expect(value).toEqual([true, "TypeError", false, 302, "/b"]);
  expect(requests.map(({ redirect }: HostFetchRequest & { redirect?: string }) => redirect)).toEqual([
    undefined,
    "error",
    "manual",
  ]);
});
