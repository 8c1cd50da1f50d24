import { expect, it } from "vitest";
import { endpointFailure } from "./endpoint-failure.ts";

const identity = { name: "space:acme/painter", redact: (text: string): string => text };

it.each<[string, number | undefined]>([
  ["You have exceeded your GPU quota (60s requested vs. 56s left). Try again in 1:02:03", 3_723_000],
  ["You have exceeded your free GPU quota (60s left vs. 75s requested). Please retry in 0:45:10", 2_710_000],
  ["You have exceeded your <a href='x'>Pro</a> GPU quota. Try again in 12:30", 750_000],
  ["GPU quota exceeded, retry in 30 seconds", 30_000],
  ["GPU quota exceeded, retry in about 2 hours", 7_200_000],
  ["Your quota is used up", undefined],
])("%s is a quota, and when there is more", (said, retryAfterMs) => {
  const error = endpointFailure(identity, "draw", said);
  expect([error.code, Reflect.get(error.data ?? {}, "retryAfterMs")]).toEqual(["SOURCE_QUOTA", retryAfterMs]);
});

it.each(["The word quota has five letters", "a < b and c > d", ""])("%s is a failure of the tool", (said) => {
  expect(endpointFailure(identity, "draw", said).code).toBe("TOOL_FAILED");
});
