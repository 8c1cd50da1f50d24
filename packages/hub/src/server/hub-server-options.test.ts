import { expect, test } from "vitest";
import { checkOptions } from "./hub-server-options.ts";

const token = { token: "hf_a", user: "alice", role: "write" } as const;

test("without options the hub is for this machine only", () => {
  expect(checkOptions({ root: "/x" })).toMatchObject({
    host: "127.0.0.1",
    port: 0,
    allowAnonymousRead: true,
    tokens: [],
  });
});

test.each(["127.0.0.1", "127.0.0.2", "localhost", "::1"])("%s needs no token", (host) => {
  expect(checkOptions({ root: "/x", host }).host).toBe(host);
});

test.each(["192.168.0.1", "127.example.org", "hub.example.org"])("%s needs a token", (host) => {
  expect(() => checkOptions({ root: "/x", host })).toThrowError(/there is no token/);
  expect(checkOptions({ root: "/x", host, tokens: [token] }).host).toBe(host);
});

test.each(["0.0.0.0", "::", ""])("%j is every address: it needs the one that clients use", (host) => {
  expect(() => checkOptions({ root: "/x", host, tokens: [token] })).toThrowError(/give the publicUrl/);
  const publicUrl = "https://hub.example.org";
  expect(checkOptions({ root: "/x", host, tokens: [token], publicUrl })).toMatchObject({ host, publicUrl });
});

test.each(["/", "/hub", "https://hub.example.org", "https://hub.example.org/a/b/"])("%s is a base", (publicUrl) => {
  expect(checkOptions({ root: "/x", publicUrl }).publicUrl).toBe(publicUrl);
});

test.each(["hub", "//evil.example", "ftp://x", "https://x/?a=1", "https://x/#a", "http://[", ""])(
  "%j is none",
  (publicUrl) => {
    expect(() => checkOptions({ root: "/x", publicUrl })).toThrowError(/publicUrl/);
  },
);

test.each([
  { root: "" },
  { root: "/x", port: -1 },
  { root: "/x", port: 1.5 },
  { root: "/x", limits: { maxRegularFileBytes: 0 } },
])("%j is refused", (options) => {
  expect(() => checkOptions(options)).toThrowError(expect.objectContaining({ code: "HUB_BAD_OPTIONS" }));
});
