import fc from "fast-check";
import type { FromGuest, GuestFailure } from "../channel/messages.ts";

const ids = fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat());
const texts = fc.string({ unit: "binary", maxLength: 50 });

const failures: fc.Arbitrary<GuestFailure> = fc.record(
  {
    name: fc.constantFrom("Error", "TypeError", "a.B", "_$1"),
    message: texts,
    code: fc.constantFrom("SANDBOX_EXCEPTION", "SANDBOX_SYNTAX", "SANDBOX_MEMORY", "SANDBOX_LIMIT"),
    stack: texts,
    line: fc.integer({ min: 1 }),
    limit: fc.constantFrom("maxDepth", "maxCalls", "constructor"),
  },
  { requiredKeys: ["name", "message"] },
);

/** Calls as a guest may make them, honest or not; no message is spoilt. */
const calls = fc.array(
  fc.record(
    {
      id: ids,
      name: fc.constantFrom("echo", "echo", "echo", "other", "nope", "constructor", "__proto__", "host:fetch", ""),
      args: fc.constantFrom("[]", "[1]", '["a",null]', "{", "", "[[[[[[[[1]]]]]]]]", `["${"x".repeat(300)}"]`),
      undefinedAt: fc.constantFrom("", "0", "1,2", "-1,length,__proto__"),
    },
    { requiredKeys: ["id", "name", "args"] },
  ),
  { maxLength: 6 },
);

const json = fc.constantFrom("1", '"text"', "{}", "not json", "", `"${"x".repeat(300)}"`, "[[[[[[[[1]]]]]]]]");

/** Messages of the right form, such as a guest may send at any time. */
export const guestMessages: fc.Arbitrary<FromGuest> = fc.oneof(
  fc.record({ type: fc.constant("ready" as const) }),
  fc.record({ type: fc.constant("failed" as const), message: texts }),
  fc.record({ type: fc.constant("calls" as const), calls }),
  fc.record({ type: fc.constant("cancel" as const), id: ids }),
  fc.record({ type: fc.constant("output" as const), texts: fc.array(texts, { maxLength: 5 }) }),
  fc.record({ type: fc.constant("answer" as const), json }, { requiredKeys: ["type"] }),
  fc.record(
    {
      type: fc.constant("ended" as const),
      run: fc.nat({ max: 3 }),
      json,
      failure: failures,
      busy: fc.constant(true),
      atRest: fc.constant(true),
    },
    { requiredKeys: ["type", "run"] },
  ),
  fc.record(
    {
      type: fc.constant("pong" as const),
      id: ids,
      busyMs: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    },
    { requiredKeys: ["type", "id"] },
  ),
);
