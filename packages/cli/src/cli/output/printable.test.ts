import { describe, expect, it } from "vitest";
import { printable } from "./printable.ts";

describe("printable", () => {
  it.each([
    ["plain text,\n\twith ümläuts 🔧", "plain text,\n\twith ümläuts 🔧"],
    ["\u001b[2Jgone", "\\u{1b}[2Jgone"],
    ["line\roverwritten", "line\\u{d}overwritten"],
    ["user\u202egnp.exe", "user\\u{202e}gnp.exe"],
    ["a\u009bb", "a\\u{9b}b"],
  ])("shows %j as %j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
