import { applyPatch } from "diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textDiff } from "./text-diff.ts";

const bytes = (text: string) => Buffer.from(text);

describe("textDiff", () => {
  it("writes a unified diff", async () => {
    expect(await textDiff("src/a.ts", bytes("one\ntwo\n"), bytes("one\n2\n"))).toEqual({
      path: "src/a.ts",
      patch: "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n",
    });
  });

  it.each<[string, Buffer | undefined, Buffer | undefined, string]>([
    ["a new file", undefined, bytes("x\n"), "--- /dev/null\n+++ b/f\n"],
    ["a file that is gone", bytes("x\n"), undefined, "--- a/f\n+++ /dev/null\n"],
  ])("shows %s", async (_title, before, after, head) => {
    expect(await textDiff("f", before, after)).toMatchObject({ patch: expect.stringContaining(head) });
  });

  it.each<[string, Buffer, string]>([
    ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe]), "binary"],
    ["zero bytes", bytes("a\0b"), "binary"],
    ["a large file", bytes("x\n".repeat(200_000)), "too large"],
    ["a file of which nothing is left", bytes(Array.from({ length: 3000 }, (_, i) => `${i}\n`).join("")), "rewritten"],
  ])("leaves %s out, and says why", async (_title, after, omitted) => {
    expect(await textDiff("f", bytes("old\n".repeat(2000)), after)).toEqual({ path: "f", omitted });
  });

  it("leads from the old text to the new one", async () => {
    const text = fc.array(fc.constantFrom("a\n", "b\n", "\n", "c", "\r\n", "ü\n")).map((lines) => lines.join(""));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const diff = await textDiff("f", bytes(before), bytes(after));
        expect(applyPatch(before, "patch" in diff ? diff.patch : "", { autoConvertLineEndings: false })).toBe(after);
      }),
    );
  });
});
