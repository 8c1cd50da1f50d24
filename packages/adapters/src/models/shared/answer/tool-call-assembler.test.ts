import { collectReply, type ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { ToolCallAssembler } from "./tool-call-assembler.ts";

interface Piece {
  index?: number;
  id?: string;
  function: { name?: string | null; arguments?: unknown; index?: number };
}

async function assemble(...pieces: Piece[]) {
  const assembler = new ToolCallAssembler();
  const deltas: ModelDelta[] = [];
  for (const piece of pieces) {
    const delta = assembler.push(piece);
    if (delta) deltas.push(delta);
  }
  deltas.push(...assembler.end());
  async function* stream() {
    yield* deltas;
  }
  return (await collectReply(stream())).toolCalls;
}

const call = (id: string, name: string, args: string) => ({ id, name, arguments: args });

describe("ToolCallAssembler", () => {
  it.each<[string, Piece[], ReturnType<typeof call>[]]>([
    [
      "joins fragments by their index, also where calls alternate",
      [
        { index: 0, id: "a", function: { name: "f", arguments: "" } },
        { index: 1, id: "b", function: { name: "g", arguments: "" } },
        { index: 0, function: { arguments: '{"x":' } },
        { index: 1, function: { arguments: '{"y":' } },
        { index: 0, function: { arguments: "1}" } },
        { index: 1, function: { arguments: "2}" } },
      ],
      [call("a", "f", '{"x":1}'), call("b", "g", '{"y":2}')],
    ],
    [
      "tells whole calls apart that all have index 0",
      [
        { index: 0, id: "a", function: { name: "f", arguments: '{"x":1}' } },
        { index: 0, id: "b", function: { name: "f", arguments: '{"x":2}' } },
      ],
      [call("a", "f", '{"x":1}'), call("b", "f", '{"x":2}')],
    ],
    [
      "tells whole calls apart that have neither index nor id",
      [{ function: { name: "f", arguments: '{"x":1}' } }, { function: { name: "f", arguments: '{"x":1}' } }],
      [call("call_1", "f", '{"x":1}'), call("call_2", "f", '{"x":1}')],
    ],
    [
      "tells calls apart that have neither index nor id and come in fragments",
      [
        { function: { name: "f", arguments: '{"x":' } },
        { function: { arguments: "1}" } },
        { function: { name: "g" } },
        { function: { arguments: '{"y":2}' } },
      ],
      [call("call_1", "f", '{"x":1}'), call("call_2", "g", '{"y":2}')],
    ],
    [
      "reads the index where Ollama once had it, within the function",
      [{ function: { index: 0, name: "f", arguments: "{}" } }, { function: { index: 1, name: "g", arguments: "{}" } }],
      [call("call_1", "f", "{}"), call("call_2", "g", "{}")],
    ],
    [
      "goes on with the last call where pieces have no mark at all",
      [
        { id: "a", function: { name: "f", arguments: "" } },
        { function: { arguments: '{"x"' } },
        { function: { arguments: ":1}" } },
      ],
      [call("a", "f", '{"x":1}')],
    ],
    [
      "goes by the id where each piece repeats it and the index is always 0",
      [
        { index: 0, id: "0", function: { name: "f", arguments: "" } },
        { index: 0, id: "0", function: { name: null, arguments: '{"x":1}' } },
        { index: 0, id: "1", function: { name: "f", arguments: "" } },
        { index: 0, id: "1", function: { name: null, arguments: '{"x":2}' } },
      ],
      [call("0", "f", '{"x":1}'), call("1", "f", '{"x":2}')],
    ],
    [
      "goes by the index where each piece has an id of its own",
      [
        { index: 0, id: "a", function: { name: "f", arguments: "" } },
        { index: 0, id: "b", function: { name: null, arguments: '{"x":' } },
        { index: 0, id: "c", function: { name: null, arguments: "1}" } },
      ],
      [call("a", "f", '{"x":1}')],
    ],
    [
      "takes a name that each piece repeats once",
      [
        { index: 0, id: "a", function: { name: "f", arguments: "" } },
        { index: 0, id: "a", function: { name: "f", arguments: '{"x":' } },
        { index: 0, id: "a", function: { name: "f", arguments: "1}" } },
        { index: 0, id: "a", function: { name: "f", arguments: "" } },
      ],
      [call("a", "f", '{"x":1}')],
    ],
    [
      "joins a name that comes in fragments",
      [
        { index: 0, id: "a", function: { name: "get_" } },
        { index: 0, function: { name: "weather" } },
        { index: 0, function: { arguments: "{}" } },
      ],
      [call("a", "get_weather", "{}")],
    ],
    [
      "takes a name and an id that come after the first piece",
      [
        { index: 0, function: { arguments: "" } },
        { index: 0, id: "a", function: {} },
        { index: 0, function: { name: "f" } },
        { index: 0, function: { arguments: "{}" } },
      ],
      [call("a", "f", "{}")],
    ],
    [
      "gives calls with one id ids of their own",
      [
        { index: 0, id: "a", function: { name: "f", arguments: "{}" } },
        { index: 1, id: "a", function: { name: "f", arguments: "{}" } },
        { index: 2, id: "a", function: { name: "f", arguments: "{}" } },
      ],
      [call("a", "f", "{}"), call("a_2", "f", "{}"), call("a_3", "f", "{}")],
    ],
    [
      "writes arguments that came as an object as text",
      [{ index: 0, id: "a", function: { name: "f", arguments: { x: 1 } } }],
      [call("a", "f", '{"x":1}')],
    ],
    [
      "completes calls without arguments",
      [
        { index: 0, id: "a", function: { name: "f", arguments: "" } },
        { index: 1, id: "b", function: { name: "g" } },
      ],
      [call("a", "f", "{}"), call("b", "g", "{}")],
    ],
  ])("%s", async (_, pieces, calls) => {
    expect(await assemble(...pieces)).toEqual(calls);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "f"],
    ["an empty object", {}],
  ])("makes no delta of %s", (_, piece) => {
    expect(new ToolCallAssembler().push(piece)).toBeUndefined();
  });

  it("comes to its end with a hundred thousand calls", () => {
    const assembler = new ToolCallAssembler();
    for (let call = 0; call < 100_000; call++) assembler.push({ id: `id${call}`, function: { name: "f" } });
    expect(assembler.count).toBe(100_000);
  });
});
