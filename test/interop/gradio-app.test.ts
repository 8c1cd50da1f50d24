import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smoltools } from "../cli/run-cli.ts";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import {
  freePort,
  interopPython,
  interopPythonHint,
  pythonEnv,
  runProgram,
  startServer,
} from "./python-environment.ts";

const source = `/** A place. */
export interface Place {
  /** Name of the city. */
  city: string;
  /** How many days. */
  days?: number;
  /** Where the wind comes from. */
  from?: "north" | "south";
}

/**
 * Tell the weather.
 * @param place - Where and when.
 * @returns The weather.
 */
export function getWeather({ city, days = 1, from }: Place): { city: string; days: number; from?: string } {
  if (city === "Atlantis") throw new RangeError("it has sunk");
  return { city, days, ...(from && { from }) };
}

/**
 * Add numbers up.
 * @param numbers - The numbers.
 * @returns The sum.
 */
export function total(numbers: number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let app: AsyncDisposable | undefined;
let space: Record<string, unknown>;
let found: Record<string, unknown>;

describe.skipIf(!interopPython)(`the app of a package${interopPython ? "" : ` (${interopPythonHint})`}`, () => {
  beforeAll(async () => {
    hub = await testHub();
    const cwd = join(hub.folder, "project");
    await mkdir(cwd);
    await writeFile(join(cwd, "weather.ts"), source);
    const args = ["push", "weather.ts", "acme/weather", "--version", "1.0.0", "--sdk", "gradio"];
    const { code, stderr } = await smoltools(args, {
      cwd,
      env: { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "own") },
    });
    if (code !== 0) throw new Error(stderr);
    const env = pythonEnv(hub.server.url, join(hub.folder, "home"), { NODE_BINARY: process.execPath });
    space = await runProgram("download_space.py", env, ["acme/weather", "v1.0.0"]);
    const port = await freePort();
    app = await startServer(["app.py"], {
      cwd: String(space["folder"]),
      env: { ...env, GRADIO_SERVER_PORT: String(port), GRADIO_SSR_MODE: "false" },
      ready: /MCP/,
    });
    found = await runProgram("call_gradio_app.py", env, [`http://127.0.0.1:${port}`]);
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
  });

  it("is what its Space shows", () => {
    expect(space["card"]).toMatchObject({
      sdk: "gradio",
      app_file: "app.py",
      tags: ["smolagents", "tool", "smoltools", "mcp-server"],
    });
  });

  it("has each tool as an endpoint, with its parameters", () => {
    expect(found["endpoints"]).toEqual(expect.arrayContaining(["/getWeather", "/total"]));
    expect(found["parameters"]).toEqual([
      ["city", { type: "string" }, false],
      ["days", expect.objectContaining({ type: "number" }), true],
      ["from_", expect.objectContaining({ enum: ["north", "south"] }), true],
    ]);
  });

  it("answers the client of Gradio", () => {
    expect(found["positional"]).toEqual({ city: "Oslo", days: 2, from: "north" });
    expect(found["keyword"]).toEqual({ city: "Oslo", days: 1 });
    expect(found["json"]).toBe(6.5);
  });

  it("tells the client of Gradio what went wrong", () => {
    expect(found["failure"]).toBe("getWeather failed: RangeError: it has sunk");
    expect(found["not_json"]).toContain("numbers is not JSON");
  });

  it("lists its tools to clients of MCP, with schemas and descriptions", () => {
    expect(found["mcp_tools"]).toEqual(["getWeather", "total"]);
    expect(found["mcp_schema"]).toMatchObject({
      properties: { city: { type: "string", description: "Name of the city." }, from_: { enum: ["north", "south"] } },
      required: ["city"],
    });
    expect(found["mcp_description"]).toContain("Tell the weather.");
  });

  it("answers clients of MCP with JSON, and with errors", () => {
    expect(found["mcp_answer"]).toEqual([false, { city: "Oslo", days: 4 }]);
    expect(found["mcp_failure"]).toEqual([true, "getWeather failed: RangeError: it has sunk"]);
  });
});
