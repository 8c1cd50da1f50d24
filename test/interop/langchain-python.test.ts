import { join } from "node:path";
import { toolsFromMcp } from "@smoltools/adapters/mcp";
import { describe, expect, it } from "vitest";
import { interopPython, interopPythonHint } from "./python-environment.ts";

const program = join(import.meta.dirname, "programs", "langchain_server.py");
const server = { command: interopPython ?? "python3", args: [program] };

describe.skipIf(!interopPython)(`tools of LangChain in Python${interopPython ? "" : ` (${interopPythonHint})`}`, () => {
  it("are tools here, by way of a server of MCP", async () => {
    await using source = await toolsFromMcp(server);
    const tools = await source.tools();
    expect(tools.map(({ name, description }) => [name, description])).toEqual([
      ["multiply", "Multiply two numbers."],
      ["plan_trip", "Plan a trip."],
    ]);
    const [multiply, planTrip] = tools;
    expect(planTrip?.inputSchema).toMatchObject({
      properties: {
        city: { type: "string", description: "Where to." },
        days: { type: "integer", default: 1, minimum: 1 },
        by: { enum: ["train", "bike"] },
      },
      required: ["city"],
    });
    expect(JSON.stringify(await multiply?.call({ a: 6, b: 7 }))).toContain("42");
    expect(JSON.stringify(await planTrip?.call({ city: "Oslo", by: "bike" }))).toContain("1 days in Oslo by bike");
    await expect(planTrip?.call({ city: "Oslo", days: 0 })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
    await expect(planTrip?.call({ city: "Atlantis" })).rejects.toThrow("it has sunk");
  });
});
