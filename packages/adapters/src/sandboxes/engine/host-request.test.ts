import { expect, test } from "vitest";
import { hostRequest } from "./host-request.ts";

const request = { url: "https://a.example/", method: "GET", headers: [["a", "b"]] };

test("a request is passed on with its own parts alone", () => {
  expect(hostRequest({ ...request, body: "YQ==", redirect: "follow", signal: {} })).toEqual({
    ...request,
    body: "YQ==",
  });
  expect(hostRequest(request)).toEqual(request);
});

test.each(["error", "manual"])("a request says that redirects are not followed: %s", (redirect) => {
  expect(hostRequest({ ...request, redirect })).toEqual({ ...request, redirect });
});

test.each<[what: string, value: unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a text", "https://a.example/"],
  ["no URL", { ...request, url: undefined }],
  ["a URL that is an object", { ...request, url: { href: "https://a.example/" } }],
  ["no method", { ...request, method: 1 }],
  ["headers as an object", { ...request, headers: { a: "b" } }],
  ["headers that are no pairs", { ...request, headers: [["a"]] }],
  ["headers that are no texts", { ...request, headers: [["a", 1]] }],
  ["a body that is a list", { ...request, body: [1] }],
])("%s is no request", (_what, value) => {
  expect(() => hostRequest(value)).toThrow(TypeError);
});
