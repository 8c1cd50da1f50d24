import { describe, expect, it } from "vitest";
import { explainSystemError } from "./system-error.ts";

const failed = (code: string, more: object = {}) => Object.assign(new Error(`${code}: something`), { code, ...more });

describe("explainSystemError", () => {
  it.each<[string, object, string, RegExp]>([
    ["ENOENT", { path: "a.ts" }, "FILE_NOT_FOUND", /^a\.ts is not there\. Look at the name/],
    ["EACCES", { path: "/root/a" }, "FILE_NOT_PERMITTED", /^\/root\/a is not open to you\. Look at its owner/],
    ["EPERM", { path: "a" }, "FILE_NOT_PERMITTED", /^a is not open to you/],
    ["EROFS", { path: "/ro/a" }, "FILE_READ_ONLY", /^\/ro\/a is on a read-only file system\. Work in another/],
    ["EISDIR", { path: "a" }, "FILE_WRONG_KIND", /^a is a folder/],
    ["ENOTDIR", { path: "a/b" }, "FILE_WRONG_KIND", /^a\/b is no folder/],
    ["EEXIST", { path: "a" }, "FILE_EXISTS", /^a is there already/],
    ["EEXIST", { path: "a", dest: "b" }, "FILE_EXISTS", /^b is there already/],
    ["ENOSPC", {}, "DISK_FULL", /^A file cannot be written: no space is left on the disk\. Make room/],
    ["EDQUOT", { path: "a" }, "DISK_FULL", /quota/],
    ["EMFILE", { path: "a" }, "TOO_MANY_FILES", /too many files open\. End other programs.*ulimit/],
    ["ENFILE", { path: "a" }, "TOO_MANY_FILES", /this machine has too many files open/],
    ["EADDRINUSE", { address: "127.0.0.1", port: 7860 }, "ADDRESS_IN_USE", /^127\.0\.0\.1:7860 is taken.*--port|port/],
    ["EACCES", { address: "0.0.0.0", port: 80 }, "ADDRESS_NOT_PERMITTED", /^Port 80 is not open to you/],
  ])("says of %s %o what it is and what to do", (systemCode, more, code, message) => {
    const error = explainSystemError(failed(systemCode, more));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string, data: { systemCode } });
    expect(error?.cause).toMatchObject({ code: systemCode });
  });

  it.each([new Error("no code"), failed("ERR_INVALID_ARG_TYPE"), failed("constructor"), "text", undefined])(
    "has nothing to say of %s",
    (thrown) => {
      expect(explainSystemError(thrown)).toBeUndefined();
    },
  );
});
