import { expect, test } from "vitest";
import { HubClient } from "./hub-client.ts";

test.each(["https://me:s3cret@hub.example", "https://s3cret@hub.example/x", "https://hub.example/?token=s3cret"])(
  "an address with a secret in it is refused, and not repeated",
  (hubUrl) => {
    const error = caught(() => new HubClient({ hubUrl }));
    expect(error).toMatchObject({ code: "HUB_BAD_REQUEST" });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("s3cret");
  },
);

test.each(["", "hub.example", "file:///etc", "ftp://hub.example", "https://"])(
  "%j is the address of no hub",
  (hubUrl) => {
    expect(() => new HubClient({ hubUrl })).toThrowError(/begins with https:\/\/ or http:\/\//);
  },
);

test.each([
  ["https://hub.example", "https://hub.example"],
  ["http://127.0.0.1:7777/hub//", "http://127.0.0.1:7777/hub"],
])("%j is the address of a hub", (hubUrl, expected) => {
  expect(new HubClient({ hubUrl }).hubUrl).toBe(expected);
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
