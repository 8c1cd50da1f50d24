import { packPackage } from "@smoltools/hub";
import { expect, it } from "vitest";
import { undeclaredFetch } from "./undeclared-fetch.ts";

const codes = (code: string, net: string[] = []) => {
  const tool = { name: "t", description: "Does.", inputSchema: { type: "object", properties: {} } } as const;
  const packed = packPackage({
    name: "acme/t",
    version: "1.0.0",
    description: "Does.",
    tools: [tool],
    permissions: { net },
    runtime: "js",
    code,
    sources: {},
  });
  return undeclaredFetch({ packed }).map((finding) => finding.code);
};

it.each(["await fetch(url)", "return fetch (url)", "globalThis.fetch(url)", "x=fetch(url)"])(
  "warns of %s without a host",
  (code) => {
    expect(codes(code)).toEqual(["W_NO_HOST"]);
    expect(codes(code, ["api.example.com"])).toEqual([]);
  },
);

it.each(["client.fetch(url)", "prefetch(url)", "$fetch(url)", "function fetch(url) {}", "const fetched = 1"])(
  "is silent about %s",
  (code) => {
    expect(codes(code)).toEqual([]);
  },
);
