import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventStreamParser, type ServerSentEvent } from "./event-stream.ts";

function parse(...pieces: string[]): ServerSentEvent[] {
  const parser = new EventStreamParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

const message = (data: string): ServerSentEvent => ({ event: "message", data });

describe("EventStreamParser", () => {
  it.each<[string, string, ServerSentEvent[]]>([
    ["one event", "data: a\n\n", [message("a")]],
    ["no space after the colon", "data:a\n\n", [message("a")]],
    ["only one space taken off", "data:  a\n\n", [message(" a")]],
    ["CRLF line ends", "data: a\r\n\r\ndata: b\r\n\r\n", [message("a"), message("b")]],
    ["CR line ends", "data: a\r\rdata: b\r\r", [message("a"), message("b")]],
    ["mixed line ends", "data: a\r\n\ndata: b\n\r\n", [message("a"), message("b")]],
    ["data over several lines", "data: a\ndata:\ndata: b\n\n", [message("a\n\nb")]],
    ["comments", ": keep-alive\n\n:\n\ndata: a\n: in between\n\n", [message("a")]],
    ["a named event", "event: ping\ndata: a\n\ndata: b\n\n", [{ event: "ping", data: "a" }, message("b")]],
    ["a name without data", "event: ping\n\ndata: a\n\n", [message("a")]],
    ["other fields", "id: 1\nretry: 10\nunknown: x\nloner\ndata: a\n\n", [message("a")]],
    ["a missing blank line at the end", "data: a\n\ndata: b\n", [message("a"), message("b")]],
    ["a missing line end at the end", "data: a\n\ndata: b", [message("a"), message("b")]],
    ["llama.cpp's error field", 'error: {"code":500}\n\n', [{ event: "error", data: '{"code":500}' }]],
    ["blank lines only", "\n\r\n\n", []],
    ["nothing", "", []],
  ])("reads %s", (_, stream, events) => {
    expect(parse(stream)).toEqual(events);
  });

  it("gives out an event as soon as its blank line came", () => {
    const parser = new EventStreamParser();
    expect(parser.push("data: a\n")).toEqual([]);
    expect(parser.push("\n")).toEqual([message("a")]);
  });

  it("does not take the second half of a split CRLF for a blank line", () => {
    expect(parse("data: a\r", "\ndata: b\r", "\n\r", "\n")).toEqual([message("a\nb")]);
  });

  it("reads the same from any pieces", () => {
    const line = fc.oneof(
      fc.constantFrom("data: x", "data:", ": c", "event: e", "error: y", "", "data: ü🌊", "id: 7"),
      fc.string({ maxLength: 6 }),
    );
    const stream = fc
      .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 20 })
      .map((lines) => lines.map(([text, end]) => text + end).join(""));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (text, cuts) => {
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(parse(...pieces)).toEqual(parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads one long line in many pieces in time linear to its length", () => {
    const parser = new EventStreamParser();
    for (let index = 0; index < 200_000; index++) parser.push(index === 0 ? "data: x" : "xxxxxxxxxx");
    expect(parser.end()[0]?.data).toHaveLength(1 + 199_999 * 10);
  });
});
