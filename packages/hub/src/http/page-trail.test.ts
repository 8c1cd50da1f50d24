import { expect, test } from "vitest";
import { PageTrail } from "./page-trail.ts";

const next = (link: string): string | undefined =>
  new PageTrail("http://hub.example").next("/a", new Headers({ link }), 1);

test("the next page is found among other links", () => {
  expect(next('<http://hub.example/a?cursor=1>; rel="next"')).toBe("/a?cursor=1");
  expect(next('<http://hub.example/a>; rel="first", <http://hub.example/b>;rel="next"')).toBe("/b");
  expect(next('<http://hub.example/a>; rel="first"')).toBeUndefined();
});

test("a page on another host is not followed", () => {
  expect(() => next('<http://hub.example.evil/a>; rel="next"')).toThrowError(/on another host/);
  expect(() => next('<http://hub.example@evil/a>; rel="next"')).toThrowError(/on another host/);
});

test("brackets that nothing ends are looked at once", () => {
  // Looking from each of them to the end would take longer than a test may.
  expect(next("<".repeat(100_000))).toBeUndefined();
});
