import type { JsonSchema } from "../../schema/json-schema.ts";
import { errorMessage } from "../../errors/error-message.ts";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import { expect, expectEqual, rejection } from "../sandbox-case.ts";
import { onlyTool, type SourceCase, type SourceUnderTest } from "./source-case.ts";
import { fixture, type SourceFixture } from "./source-fixture.ts";

/** Tools that cannot be used: they are refused with a report, and take no other tool with them. */
export const refusalCases: readonly SourceCase[] = [
  unusable("whose schema refers to the network", { $ref: "https://schema.invalid/of-the-network.json" }),
  unusable("whose schema refers to nothing", { $ref: "#/$defs/nowhere" }),
  unusable("whose schema has a pattern that is none", { type: "string", pattern: "(" }),
  unusable("whose schema has a pattern that takes exponential time", { type: "string", pattern: "^(a+)+$" }),
  {
    name: "refuses two tools whose names would become one, and names both",
    run: (subject) => refusesNames(subject, ["get-weather", "get weather"]),
  },
  {
    name: "refuses two tools of one name",
    run: (subject) => refusesNames(subject, ["get_weather", "get_weather"]),
  },
];

function unusable(what: string, schema: JsonSchema): SourceCase {
  return {
    name: `refuses a tool ${what}, and keeps the others`,
    run: async (subject) => {
      const bad = fixture({
        name: "unusable",
        inputSchema: { type: "object", properties: { value: schema }, required: ["value"] },
      });
      await using source = await subject.offer([bad, fixture({ name: "kept" })]);
      expectEqual(onlyTool(await source.tools()).name, "kept", "the tool that is left");
      const [report, ...more] = subject.refusals(source);
      expectEqual(more.length, 0, "further refusals");
      expectInvalid(report, ["unusable"]);
    },
  };
}

async function refusesNames(subject: SourceUnderTest, names: readonly string[]): Promise<void> {
  const fixtures = names.map((name) => fixture({ name }));
  expectInvalid(await rejection(offered(subject, fixtures)), names);
}

/** A source may refuse when it is made or when it lists. */
async function offered({ offer }: SourceUnderTest, fixtures: readonly SourceFixture[]): Promise<string[]> {
  await using source = await offer(fixtures);
  const tools = await source.tools();
  return tools.map(({ name }) => name);
}

function expectInvalid(error: unknown, names: readonly string[]): void {
  const message = errorMessage(error);
  expect(isSmoltoolsError(error, "SOURCE_TOOL_INVALID"), `expected SOURCE_TOOL_INVALID, got: ${message}`);
  for (const name of names) expect(message.includes(name), `the message does not name ${name}: ${message}`);
}
