import { type HubTool, loadTool } from "@smoltools/hub";
import { testHub } from "../flows/hub-fixture.ts";

/** A tool that came from the embedded hub, and runs in a sandbox. */
export interface ToolFromHub extends AsyncDisposable {
  readonly tool: HubTool;
}

/** Publishes a tool that tells the weather on a hub of its own, and loads it as everybody would. */
export async function weatherFromHub(): Promise<ToolFromHub> {
  const hub = await testHub();
  await hub.publish("weather", "", {
    version: "1.2.0",
    tools: [
      {
        name: "weather",
        description: "Tells the weather in a city.",
        inputSchema: {
          type: "object",
          properties: { city: { type: "string", description: "Name of the city." } },
          required: ["city"],
          additionalProperties: false,
        },
        outputSchema: {
          type: "object",
          properties: { city: { type: "string" }, degrees: { type: "number" } },
          required: ["city", "degrees"],
        },
        annotations: { title: "Weather", readOnlyHint: true },
      },
    ],
    code: `export const tools = {
      weather: async ({ city }) => {
        if (city === "Atlantis") throw new Error("Atlantis has no weather");
        return { city, degrees: city.length * 3 };
      },
    };\n`,
  });
  const tool = await loadTool("acme/weather@^1", hub.options());
  return {
    tool,
    [Symbol.asyncDispose]: async () => {
      await tool[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
    },
  };
}
