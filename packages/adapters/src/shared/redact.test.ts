import { describe, expect, it } from "vitest";
import { redactor } from "./redact.ts";

describe("redactor", () => {
  it("takes out each secret wherever it stands", () => {
    const redact = redactor(["sk-0123456789", "hf_abcdefghij"]);
    expect(redact("sk-0123456789,hf_abcdefghij/sk-0123456789")).toBe("[redacted],[redacted]/[redacted]");
  });

  it("takes out the whole of a secret that holds another", () => {
    expect(redactor(["sk-01234", "sk-01234-more"])("<sk-01234-more>")).toBe("<[redacted]>");
  });

  it("takes out what stands after Bearer, known or not", () => {
    expect(redactor([])("authorization: Bearer abc.def-012345, x")).toBe("authorization: Bearer [redacted], x");
  });

  it("leaves words alone that are too short for a secret", () => {
    expect(redactor(["EMPTY", ""])("EMPTY answer")).toBe("EMPTY answer");
  });

  it.each([
    ["a scheme", "Token abcdef-012345"],
    ["the name of a cookie", "theme=dark; sid=abcdef-012345"],
  ])("takes out a secret without %s that was sent before it", (_, sent) => {
    expect(redactor([sent])("wrong: abcdef-012345")).toBe("wrong: [redacted]");
  });
});
