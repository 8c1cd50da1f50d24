import { expect, test } from "vitest";
import type { ChannelListener, GuestExit } from "./guest-channel.ts";
import { Inbox } from "./inbox.ts";

function listener(): ChannelListener & { heard: (string | GuestExit)[] } {
  const heard: (string | GuestExit)[] = [];
  return { heard, onMessage: (line) => void heard.push(line), onExit: (exit) => void heard.push(exit) };
}

test("what comes before anybody listens is heard first, the end last", () => {
  const inbox = new Inbox();
  inbox.receive("a");
  inbox.receive("b");
  inbox.end({ code: 1 });
  const ear = listener();
  inbox.listen(ear);
  expect(ear.heard).toEqual(["a", "b", { code: 1 }]);
});

test("the first of several ends counts", () => {
  const inbox = new Inbox();
  const ear = listener();
  inbox.listen(ear);
  inbox.end({ code: 1 });
  inbox.end({ code: 2 });
  expect(ear.heard).toEqual([{ code: 1 }]);
  expect(inbox.exit).toEqual({ code: 1 });
});

test("no more than so much is kept for whoever comes to listen", () => {
  const inbox = new Inbox();
  const kept = Array.from({ length: 200 }, () => inbox.receive("x")).filter(Boolean).length;
  expect(kept).toBe(100);
  const ear = listener();
  inbox.listen(ear);
  expect(inbox.receive("y")).toBe(true);
  expect(ear.heard).toHaveLength(101);
});
