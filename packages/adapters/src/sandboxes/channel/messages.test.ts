import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guestMessages } from "../test-hostile/guest-messages.ts";
import { hostileJson, spoilt } from "../test-hostile/hostile-json.ts";
import { type FromGuest, type GuestFailure, readFromGuest } from "./messages.ts";

/** What makes a message none that the types promise, whatever it was read from; nothing when it is one. */
function problemOf(message: FromGuest | undefined): string | undefined {
  if (message === undefined) return undefined;
  if (Object.getPrototypeOf(message) !== Object.prototype) return "it is no plain object";
  return isMessage(message) ? undefined : JSON.stringify(message);
}

function isMessage(message: FromGuest): boolean {
  switch (message.type) {
    case "ready":
      return hasOnly(message, []);
    case "failed":
      return hasOnly(message, ["message"]) && typeof message.message === "string";
    case "cancel":
      return hasOnly(message, ["id"]) && isCount(message.id);
    case "pong":
      return hasOnly(message, ["id", "busyMs"]) && isCount(message.id) && isOptionalTime(message.busyMs);
    case "output":
      return hasOnly(message, ["texts"]) && message.texts.every((text) => typeof text === "string");
    case "calls":
      return hasOnly(message, ["calls"]) && message.calls.every(isCall);
    case "answer":
      return hasOnly(message, ["json"]) && isOptionalText(message.json);
    case "ended":
      return isEnd(message);
    default:
      return false;
  }
}

function isCall(call: Extract<FromGuest, { type: "calls" }>["calls"][number]): boolean {
  const isText = typeof call.name === "string" && typeof call.args === "string" && isOptionalText(call.undefinedAt);
  return hasOnly(call, ["id", "name", "args", "undefinedAt"]) && isText && isCount(call.id);
}

function isEnd(message: Extract<FromGuest, { type: "ended" }>): boolean {
  const { run, json, failure, busy = true, atRest = true } = message;
  const keys = ["run", "json", "failure", "busy", "atRest"];
  if (!hasOnly(message, keys) || !isCount(run) || !isOptionalText(json)) return false;
  return busy && atRest && (failure === undefined || isFailure(failure));
}

function isFailure(failure: GuestFailure): boolean {
  const { name, message, code, stack, line = 1, column = 1, limit } = failure;
  const isText = [code, stack, limit].every(isOptionalText) && /^[\w$.]{1,64}$/.test(name) && message.length < 9000;
  const isPlace = line > 0 && column > 0 && isCount(line) && isCount(column);
  return hasOnly(failure, ["name", "message", "code", "stack", "line", "column", "limit"]) && isText && isPlace;
}

function hasOnly(object: object, keys: readonly string[]): boolean {
  return Object.keys(object).every((key) => key === "type" || keys.includes(key));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isOptionalTime(value: unknown): boolean {
  return value === undefined || (Number.isFinite(value) && Number(value) >= 0);
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

describe("what a guest says is read", () => {
  test("as it is, where it is a message", () => {
    fc.assert(
      fc.property(guestMessages, (message) => {
        const read = readFromGuest(JSON.stringify(message));
        expect(read).toStrictEqual(JSON.parse(JSON.stringify(message)));
        expect(problemOf(read)).toBeUndefined();
      }),
    );
  });

  test("without an error, where parts of it are something else", () => {
    fc.assert(
      fc.property(spoilt(guestMessages), (value) => {
        expect(problemOf(readFromGuest(JSON.stringify(value)))).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test("without an error, whatever value it is", () => {
    fc.assert(
      fc.property(hostileJson, (value) => {
        expect(problemOf(readFromGuest(JSON.stringify(value)))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("without an error, whatever text it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (line) => {
        expect(problemOf(readFromGuest(line))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("without an error, where characters are missing, added or replaced", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ unit: "binary", maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(guestMessages, edits, (message, changes) => {
        let line = JSON.stringify(message);
        for (const [place, count, by] of changes) {
          const at = place % (line.length + 1);
          line = line.slice(0, at) + by + line.slice(at + count);
        }
        expect(problemOf(readFromGuest(line))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what is no message", () => {
  test.each<[what: string, line: string]>([
    ["nothing", ""],
    ["no JSON", "ready"],
    ["null", "null"],
    ["a list", '[{"type":"ready"}]'],
    ["a message without a type", '{"id":1}'],
    ["a type of the host's own messages", '{"type":"run","run":1}'],
    ["a type that every object has", '{"type":"constructor"}'],
    ["a type that is inherited", '{"__proto__":{"type":"ready"}}'],
    ["two messages", '{"type":"ready"}{"type":"ready"}'],
    ["a deep message", `{"type":"output","texts":[],"x":${"[".repeat(5)}${"]".repeat(5)}}`],
    ["a message that is deeper than a stack", "[".repeat(1_000_000)],
    ["an id below 0", '{"type":"pong","id":-1}'],
    ["an id that is no whole number", '{"type":"cancel","id":0.5}'],
    ["an id beyond exact numbers", '{"type":"cancel","id":9007199254740992}'],
    ["calls that are no list", '{"type":"calls","calls":{"length":1}}'],
    ["calls of which one is none", '{"type":"calls","calls":[{"id":1,"name":"a","args":"[]"},null]}'],
    ["a call whose arguments are no text", '{"type":"calls","calls":[{"id":1,"name":"a","args":[]}]}'],
    ["output that is no text", '{"type":"output","texts":[1]}'],
    ["an answer that is no text", '{"type":"answer","json":1}'],
    ["an end without a run", '{"type":"ended"}'],
    ["a message of very many parts", `{"type":"calls","calls":[${"{},".repeat(200_000)}{}]}`],
    ["a message with very many fields of no use", `{"type":"ready","x":[${"0,".repeat(200_000)}0]}`],
    [
      "very many indexes",
      `{"type":"calls","calls":[{"id":1,"name":"a","args":"[]","undefinedAt":"${"0,".repeat(600)}"}]}`,
    ],
    ["an end whose failure is a list", '{"type":"ended","run":1,"failure":[]}'],
  ])("%s", (_what, line) => {
    expect(readFromGuest(line)).toBeUndefined();
  });
});

describe("of a failure", () => {
  const read = (failure: object): unknown => readFromGuest(JSON.stringify({ type: "ended", run: 1, failure }));

  test.each<[what: string, failure: object, expected: object]>([
    ["a name that is no name", { name: "a b", message: "x" }, { name: "Error", message: "x" }],
    ["a name that is missing", { message: "x" }, { name: "Error", message: "x" }],
    [
      "a name that cannot be a text",
      { name: { toString: 1, valueOf: 1 }, message: "" },
      { name: "Error", message: "" },
    ],
    ["a message that is no text", { name: "Error", message: { a: 1 } }, { name: "Error", message: "" }],
    ["a code that there is not", { name: "E", message: "", code: "X" }, { name: "E", message: "" }],
    ["a code that only the host gives", { name: "E", message: "", code: "SANDBOX_CRASH" }, { name: "E", message: "" }],
    ["a place before the first line", { name: "E", message: "", line: 0, column: 1 }, { name: "E", message: "" }],
    ["a column without a line", { name: "E", message: "", column: 1 }, { name: "E", message: "" }],
  ])("%s is left out", (_what, failure, expected) => {
    expect(read(failure)).toStrictEqual({ type: "ended", run: 1, failure: expected });
  });

  test("texts are cut, between characters", () => {
    const message = "😀".repeat(10_000);
    expect(read({ name: "E", message, stack: message })).toMatchObject({
      failure: { message: expect.stringMatching(/^(?:😀)+… \(cut\)$/u), stack: expect.stringMatching(/… \(cut\)$/) },
    });
  });
});
