import { expect, test } from "vitest";
import { mediaType } from "./media-type.ts";

test.each([
  ["a.json", "application/json"],
  ["dir.json/README.MD", "text/plain; charset=utf-8"],
  ["index.html", "text/plain; charset=utf-8"],
  ["x.svg", "text/plain; charset=utf-8"],
  ["tool.mjs", "text/plain; charset=utf-8"],
  [".gitignore", "text/plain; charset=utf-8"],
  ["LICENSE", "text/plain; charset=utf-8"],
  ["logo.png", "image/png"],
  ["weights.bin", "application/octet-stream"],
  ["a.constructor", "application/octet-stream"],
])("%s is %s", (path, type) => {
  expect(mediaType(path)).toBe(type);
});
