import { expect, it } from "vitest";
import { serverFor } from "./server-for.ts";

it.each<[server: unknown, expected: string | undefined]>([
  [undefined, "https://api.example.org/"],
  [[{ url: "/v1" }], "https://api.example.org/v1"],
  [[{ url: "../v1/" }], "https://api.example.org/v1/"],
  [[{ url: "//other.example/v1" }], "https://other.example/v1"],
  [[{ url: "https://other.example" }], undefined],
  [[{ url: "/{version}" }], undefined],
  [[{ url: "//[" }], undefined],
  [[{ url: 1 }], undefined],
  [[], "https://api.example.org/"],
  [[null], undefined],
])("the servers %j of a document at an address begin at %s", (servers, expected) => {
  expect(serverFor({ servers }, "https://api.example.org/docs/openapi.json?x=1")).toBe(expected);
});
