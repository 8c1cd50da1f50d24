import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";

const lines = (text: string) => text.split("\n").map((line) => ` * ${line}`).join("\n"); // prettier-ignore

async function examplesOf(example: string, declaration: string, params = "") {
  const source = `/**\n * Does.\n${params}${lines(`@example ${example}`)}\n */\n${declaration}`;
  const { tools, problems, warnings } = await deriveSource(source.replaceAll("\n * \n", "\n *\n"), {
    fileName: "tool.ts",
  });
  expect(problems).toEqual([]);
  return {
    calls: tools[0]?.exampleCalls.map(({ input, output }) => (output === undefined ? [input] : [input, output])),
    texts: tools[0]?.examples,
    warnings: warnings.filter(({ code }) => code === "W_EXAMPLE"),
  };
}

const forecast = "export async function forecast(city: string, days = 3, ...tags: string[]): Promise<number[] | null> { return []; }"; // prettier-ignore
const params = " * @param city - C.\n * @param days - D. @maximum 9\n * @param tags - T.\n";

describe("an example that is a call", () => {
  const rows: [example: string, calls: unknown[][]][] = [
    ['forecast("Paris", 2) // => [1, 2]', [[{ city: "Paris", days: 2 }, [1, 2]]]],
    ['await forecast("Paris"); // => null', [[{ city: "Paris" }, null]]],
    ['forecast("Paris")', [[{ city: "Paris" }]]],
    ['forecast("Paris", undefined, "a", "b")', [[{ city: "Paris", tags: ["a", "b"] }]]],
    ['const list = await forecast("Paris", -(-2)); // → [1]', [[{ city: "Paris", days: 2 }, [1]]]],
    ['const city = "Paris";\nforecast(city + "!", 1)', [[{ city: "Paris!", days: 1 }]]],
    ['console.log(await forecast("Paris")); // -> [1]', [[{ city: "Paris" }, [1]]]],
    ['forecast("Paris")\n// => [\n//   1,\n//   2,\n// ]', [[{ city: "Paris" }, [1, 2]]]],
    ['forecast("Paris") // => [1]\n// which is not much', [[{ city: "Paris" }, [1]]]],
    ['forecast("a") // => [1]\nforecast("b") // => [2]', [[{ city: "a" }, [1]], [{ city: "b" }, [2]]]], // prettier-ignore
    ['```ts\nimport { forecast } from "./x.ts";\n\nconst [first] = await forecast("Paris", 2); // => 1\n```', [[{ city: "Paris", days: 2 }]]], // prettier-ignore
    ['Of two days:\n```js\nforecast("Paris", 2) // => []\n```\nand of one:\n~~~\nforecast("Paris", 1)\n~~~', [[{ city: "Paris", days: 2 }, []], [{ city: "Paris", days: 1 }]]], // prettier-ignore
    ['<caption>Two</caption>\nforecast("Paris", 2)', [[{ city: "Paris", days: 2 }]]],
    ['weather.forecast("Paris")', [[{ city: "Paris" }]]],
    ['forecast.call({ city: "Paris" })', [[{ city: "Paris" }]]],
    ['(await forecast("Paris"))?.length // => 3', [[{ city: "Paris" }]]],
    ['if (true) { await forecast("Paris"); }', [[{ city: "Paris" }]]],
    ["forecast('Pa\\'ris' as string, 2 satisfies number)", [[{ city: "Pa'ris", days: 2 }]]],
  ];
  it.each(rows)("%j can be run", async (example, calls) => {
    const found = await examplesOf(example, forecast, params);
    expect(found.warnings).toEqual([]);
    expect(found.calls).toEqual(calls);
    expect(found.texts).toHaveLength(1);
  });

  it("hands in an object where the function takes one, and what JSON has for dates and the like", async () => {
    const { calls, warnings } = await examplesOf(
      'f({ day: new Date("2026-01-02"), tags: new Set(["a"]), n: 12n }) // => new Date(0)',
      "export function f(o: {\n/** D. */\nday: Date;\n/** T. */\ntags: Set<string>;\n/** N. */\nn?: bigint }): Date { return o.day; }",
    );
    expect(warnings).toEqual([]);
    expect(calls).toEqual([[{ day: "2026-01-02T00:00:00.000Z", tags: ["a"], n: "12" }, "1970-01-01T00:00:00.000Z"]]);
  });

  it.each(["weather.execute({})", "new Weather().run()", "Weather.call({})", "forecast()"])(
    "of a class may be %s",
    async (example) => {
      const { calls } = await examplesOf(example, 'export class Weather { name = "forecast"; run(): void {} }');
      expect(calls).toEqual(example.startsWith("weather") ? [] : [[{}]]);
    },
  );
});

describe("an example that cannot be run", () => {
  it.each<[example: string, message: RegExp]>([
    ["Ask for Paris.", /it is no code/],
    ['forecast("Paris"', /it is no code/],
    ["other(1)", /it does not call forecast/],
    ["forecast(city)", /not made of literals/],
    ['forecast("Paris", days())', /not made of literals/],
    ["const city = city;\nforecast(city)", /not made of literals/],
    ["forecast(1)", /city must be string, and is 1/],
    ['forecast("Paris", 10)', /days must be a number of at most 9/],
    ["forecast()", /city/],
  ])("%j stays text, with a warning that says what can", async (example, message) => {
    const { calls, texts, warnings } = await examplesOf(example, forecast, params);
    expect(calls).toEqual([]);
    expect(texts).toEqual([example]);
    expect(warnings).toMatchObject([
      {
        line: 6,
        column: 4,
        length: 8,
        message: expect.stringMatching(message),
        fix: expect.stringContaining("await forecast(…) // => …"),
      },
    ]);
  });

  it.each<[example: string, message: RegExp]>([
    ['forecast("Paris") // => [...]', /result cannot be read: \[\.\.\.\]/],
    ['forecast("Paris") // => about 3', /result cannot be read: about 3/],
    ['forecast("Paris") // => "rain"', /result does not fit the type/],
  ])("for its result alone, as %j, is run without it", async (example, message) => {
    const { calls, warnings } = await examplesOf(example, forecast, params);
    expect(calls).toEqual([[{ city: "Paris" }]]);
    expect(warnings.map((warning) => warning.message)).toEqual([expect.stringMatching(message)]);
  });
});

it("whatever an example says, nothing is thrown", async () => {
  const piece = fc.constantFrom("forecast", "(", ")", '"a"', "1", ",", " ", "\n", "// => ", "[", "]", "{", "}", "await ", "const a = ", "a", ";", "new Date", "`", "${"); // prettier-ignore
  const examples = fc.sample(
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join("")),
    60,
  );
  const sources = examples.map((example, index) => `/**\n * Does.\n${params}${lines(`@example ${example}`)}\n */\n${forecast.replace("forecast", `forecast${index}`)}`); // prettier-ignore
  const { tools } = await deriveSource(sources.join("\n"), { fileName: "tool.ts", library: "minimal" });
  expect(tools).toHaveLength(60);
});
