import type { HostFetchRequest } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { readGuestRequest } from "./guest-request.ts";

const url = "https://api.example.org/";
const read = (request: object, limitsMethods = false) =>
  readGuestRequest({ url, method: "GET", headers: [], ...request } as HostFetchRequest, 100, limitsMethods);
const header = (name: string, value: string) => ({ headers: [[name, value]] });

describe("a request of a guest", () => {
  it.each<[what: string, request: object]>([
    ["an address that is no text", { url: { href: url } }],
    ["an address that is none", { url: "nonsense" }],
    ["an address without end", { url: `${url}${"a".repeat(70_000)}` }],
    ["an address with user and password", { url: "https://user:secret@api.example.org/" }],
    ["an address with a user", { url: "https://secret@api.example.org/" }],
    ["a method that is no text", { method: ["GET"] }],
    ["a method with a line break", { method: "GET / HTTP/1.1\r\nx: y" }],
    ["no method", { method: "" }],
    ["the method CONNECT", { method: "connect" }],
    ["the method TRACE", { method: "TRACE" }],
    ["the method TRACK", { method: "Track" }],
    ["headers that are no list", { headers: { authorization: "secret" } }],
    ["a header without a value", { headers: [["a"]] }],
    ["a header of three parts", { headers: [["a", "b", "c"]] }],
    ["a header whose value is a number", { headers: [["a", 1]] }],
    ["a header with a line break in its value", header("x-key", "secret\r\nhost: evil.example.org")],
    ["a header with a bare line feed", header("x-key", "secret\nx: y")],
    ["a header with a NUL", header("x-key", "secret\0")],
    ["a header beyond Latin-1", header("x-key", "secret €")],
    ["a header name with a line break", header("x\r\nhost", "secret")],
    ["a header name with a colon", header("x:y", "secret")],
    ["an empty header name", header("", "secret")],
    ["headers without end", header("x-key", "secret".repeat(20_000))],
    ["a redirect that is nothing known", { redirect: "secret" }],
    ["a body that is a number", { method: "POST", body: 5 }],
    ["a body that says it is long", { method: "POST", body: { length: 2 ** 32 } }],
    ["a body that says it is a buffer", { method: "POST", body: { type: "Buffer", data: [1] } }],
    ["a body over the limit", { method: "POST", body: Buffer.alloc(101).toString("base64") }],
  ])("is refused with %s, and its secrets are not repeated", (_what, request) => {
    expect(() => read(request)).toThrow(expect.objectContaining({ code: "FETCH_BAD_REQUEST" }));
    expect(() => read(request)).toThrow(/^(?!.*secret)/s);
  });

  it.each(
    `accept-charset accept-encoding connection content-length expect host http2-settings keep-alive proxy-authorization
     Proxy-Connection sec-fetch-mode te trailer transfer-encoding upgrade Host HOST`.split(/\s+/),
  )("loses the header %s, which belongs to the connection", (name) => {
    expect([...read(header(name, "x")).first.headers]).toEqual([]);
  });

  it.each(["authorization", "cookie", "origin", "referer", "user-agent", "x-api-key", "x-http-method-override"])(
    "keeps its own header %s",
    (name) => {
      expect([...read(header(name, "x")).first.headers]).toEqual([[name, "x"]]);
    },
  );

  it.each(["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"])(
    "loses the header %s where methods are limited",
    (name) => {
      expect([...read(header(name, "DELETE"), true).first.headers]).toEqual([]);
    },
  );

  it("is kept as it is otherwise", () => {
    const body = Buffer.alloc(100, 1);
    const headers = [
      ["a", "\t1 "],
      ["A", "2"],
    ];
    const { first: hop } = read({ method: "patch", headers, body: body.toString("base64") });
    expect(hop).toMatchObject({ url: new URL(url), method: "PATCH", body });
    expect([...hop.headers]).toEqual([["a", "1, 2"]]);
  });
});
