import { expect, it } from "vitest";
import { portOption } from "./option-values.ts";

const port = (text?: string) => portOption({ values: { port: text } }, "port");

it("a port is a number that a socket can have", () => {
  expect([port(), port("0"), port("65535")]).toEqual([undefined, 0, 65_535]);
});

it.each(["", " ", "65536", "-1", "1.5", "1e3", "0x50", "http"])("%j is none", (text) => {
  expect(() => port(text)).toThrow("is not a port: use 0 to 65535");
});
