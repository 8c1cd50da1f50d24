import { describe, expect, it } from "vitest";
import { inspect } from "node:util";
import { redactor } from "./redact.ts";
import { safeCause } from "./safe-cause.ts";

const secret = "secret-0123456789";
const redact = redactor([secret]);

describe("safeCause", () => {
  it.each([new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }), "a text", undefined, null, 5])(
    "passes %s on as it is",
    (cause) => {
      expect(safeCause(cause, redact)).toBe(cause);
    },
  );

  it.each<[string, unknown]>([
    ["its message", new Error(`bad header ${secret}`)],
    ["a field", Object.assign(new Error("boom"), { config: { headers: { authorization: secret } } })],
    ["its cause", new Error("boom", { cause: new Error(secret) })],
    ["a field deep within", { a: { b: { c: { d: { e: { f: { g: [secret] } } } } } } }],
    ["a header", { headers: new Headers({ "x-key": secret }) }],
    ["itself", `wrong: ${secret}`],
  ])("tells only what it may of an error with a secret in %s", (_, cause) => {
    const safe = safeCause(cause, redact);
    expect(safe).toBeInstanceOf(Error);
    expect(`${inspect(safe, { depth: 20, showHidden: true })}${JSON.stringify(safe)}`).not.toContain(secret);
  });

  it("keeps the name and the code of an error with a secret", () => {
    const cause = Object.assign(new TypeError(`no ${secret}`), { code: "ECONNRESET" });
    expect(safeCause(cause, redact)).toMatchObject({ name: "TypeError", message: "no [redacted]", code: "ECONNRESET" });
  });

  it("passes nothing on that cannot be looked at", () => {
    const cause = {
      [inspect.custom]() {
        throw new Error("no");
      },
    };
    expect(safeCause(cause, redact)).not.toBe(cause);
  });
});
