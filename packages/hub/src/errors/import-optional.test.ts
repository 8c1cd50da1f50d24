import { expect, test } from "vitest";
import { importOptional, MissingLibraryError } from "./import-optional.ts";

const notFound = (name: string) =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /app/node_modules/esbuild/main.js`), {
    code: "ERR_MODULE_NOT_FOUND",
  });

test("a library that is not installed is named with the versions that fit", async () => {
  const error = await importOptional("esbuild", () => Promise.reject(notFound("esbuild"))).catch((caught) => caught);
  expect(error).toBeInstanceOf(MissingLibraryError);
  expect(error).toMatchObject({ code: "LIBRARY_MISSING", data: { library: "esbuild" } });
  expect(error.message).toContain('npm install "esbuild@>=0.25.0"');
});

test.each([
  ["a library of its own is missing", notFound("other")],
  ["it fails while it is loaded", new Error("boom")],
])("a library that is there is not called missing when %s", async (_title, cause) => {
  await expect(importOptional("esbuild", () => Promise.reject(cause))).rejects.toBe(cause);
});
