import { once } from "node:events";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiServer, apiServer } from "../adapters/openapi-server.ts";
import { answer, documentOf, yamlOf } from "./petstore.ts";
import { temporaryFolder } from "./project-fixture.ts";
import { smoltoolsHere } from "./run-here.ts";

let service: ApiServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
let file: string;
let project: string;
let document: ReturnType<typeof documentOf>;

const run = (...args: string[]) => smoltoolsHere(args, { cwd: folder.path, env });
const convert = (...args: string[]) => run("convert", "openapi", file, "--name", "acme/petstore", ...args);
const written = (path: string) => readFile(join(project, path), "utf8");

beforeAll(async () => {
  service = await apiServer(answer);
  folder = await temporaryFolder();
  env = { HOME: folder.path };
  file = join(folder.path, "petstore.yaml");
  project = join(folder.path, "petstore");
  document = documentOf(service.url);
  await writeFile(file, yamlOf(document));
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

describe("a project that was converted", () => {
  const update = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(
      "convert",
      "openapi",
      file,
      "--out",
      project,
      "--update",
      "--json",
      ...args,
    );
    return { code, stderr, result: JSON.parse(stdout || "{}") as Record<string, unknown> };
  };

  beforeEach(async () => {
    await rm(project, { recursive: true, force: true });
    await writeFile(file, yamlOf(document));
    await convert("--out", project, "--operations", "getPet,addPet");
  });

  /** A pet has to have a tag now. */
  const changed = async () => {
    const next = structuredClone(document);
    next.components.schemas.Pet.required.push("id");
    Object.assign(next.components.schemas.Pet.properties, { tag: { type: "string" } });
    await writeFile(file, yamlOf(next));
  };

  it("is not overwritten", async () => {
    expect(await convert("--out", project)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--update brings it up to date"),
    });
  });

  it("is left as it is where its source is", async () => {
    const text = await written("src/tools.js");
    expect((await update()).result).toMatchObject({ bump: "none", written: [], kept: [], tools: ["getPet", "addPet"] });
    expect(await written("src/tools.js")).toBe(text);
  });

  it("follows its source, and says which version that asks for", async () => {
    await changed();
    const { result } = await update();
    expect(result).toMatchObject({ bump: "major", least: "0.2.0", written: ["src/tools.js", "package.json"] });
    expect(result["findings"]).toContainEqual(expect.objectContaining({ rule: "output-narrowed" }));
    expect(await written("src/tools.js")).toContain("tag: {");
    expect((await update()).result).toMatchObject({ bump: "none", written: [] });
  });

  it("only hears what would change with --dry-run", async () => {
    await changed();
    expect((await update("--dry-run")).result).toMatchObject({ bump: "major", written: [] });
    expect(await written("src/tools.js")).not.toContain("tag: {");
  });

  it("keeps what somebody edited: prose without a word, code by refusing to go on", async () => {
    await changed();
    await writeFile(join(project, "README.md"), "# My pets\n");
    await writeFile(join(project, "src/openapi-client.js"), `${await written("src/openapi-client.js")}// mine\n`);
    const { result } = await update();
    expect(result["kept"]).toEqual(["src/openapi-client.js", "README.md"]);
    const edited = `${await written("src/tools.js")}// mine\n`;
    await writeFile(join(project, "src/tools.js"), edited);
    await writeFile(file, yamlOf(document));
    const refused = await update();
    expect([refused.code, refused.result["error"]]).toEqual([
      1,
      expect.objectContaining({
        code: "CONVERT_FILE_EDITED",
        data: expect.objectContaining({ files: ["src/tools.js"] }),
      }),
    ]);
    expect(await written("src/tools.js")).toBe(edited);
    expect(await written("README.md")).toBe("# My pets\n");
    await rm(join(project, "src/tools.js"));
    expect((await update()).result).toMatchObject({ written: expect.arrayContaining(["src/tools.js"]) });
    expect(await written("src/tools.js")).not.toContain("// mine");
  });

  it("keeps what somebody edits in package.json while the source is read", async () => {
    await changed();
    const text = await readFile(file, "utf8");
    const source = createServer(async (_, response) => {
      const settings = JSON.parse(await written("package.json")) as object;
      await writeFile(join(project, "package.json"), JSON.stringify({ ...settings, keywords: ["mine"] }));
      response.end(text);
    }).listen(0, "127.0.0.1");
    await once(source, "listening");
    const url = `http://127.0.0.1:${(source.address() as AddressInfo).port}/d.yaml`;
    await run("convert", "openapi", url, "--out", project, "--update");
    source.close();
    expect(await written("src/tools.js")).toContain("tag: {");
    expect(JSON.parse(await written("package.json"))).toMatchObject({ keywords: ["mine"] });
  });

  it("takes other operations when they are named, and remembers them", async () => {
    expect((await update("--operations", "photo")).result).toMatchObject({ tools: ["photo"], bump: "major" });
    expect((await update()).result).toMatchObject({ tools: ["photo"], written: [] });
  });
});

describe("variables that package.json names", () => {
  const settings = {
    name: "acme/theirs",
    convertedFrom: { kind: "mcp", url: "http://127.0.0.1:1/mcp", server: { name: "theirs", version: "1" } },
    convertedWith: { env: ["MY_SECRET"] },
  };
  const update = async (variables: Record<string, string>, ...args: string[]) => {
    const theirs = join(folder.path, "theirs");
    await mkdir(theirs, { recursive: true });
    await writeFile(join(theirs, "package.json"), JSON.stringify({ version: "1.0.0", smoltools: settings }));
    const line = ["convert", "mcp", "http://127.0.0.1:1/mcp", "--out", theirs, "--update", "--json", ...args];
    const { stdout } = await smoltoolsHere(line, { cwd: folder.path, env: { ...env, ...variables } });
    return (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
  };

  it("are given to the source of an update only by whoever says so", async () => {
    const refused = await update({ MY_SECRET: "hunter2" });
    expect(refused).toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("write --env MY_SECRET, or --yes"),
    });
    expect(refused.message).not.toContain("hunter2");
  });

  it.each<[what: string, variables: Record<string, string>, args: string[]]>([
    ["are named again", { MY_SECRET: "hunter2" }, ["--env", "MY_SECRET"]],
    ["are agreed to", { MY_SECRET: "hunter2" }, ["--yes"]],
    ["are not there", {}, []],
  ])("do not hold it up where they %s", async (_what, variables, args) => {
    expect(await update(variables, ...args)).toMatchObject({ code: "CONVERT_SOURCE_UNREACHABLE" });
  });
});

it("options of a program are not taken for those of smoltools convert mcp", async () => {
  const { code, stderr } = await run("convert", "mcp", "npx", "-y", "some-server");
  expect([code, stderr]).toEqual([2, expect.stringContaining("Write -- before npx")]);
});

describe("smoltools convert openapi refuses", () => {
  it.each<[what: string, args: () => string[], code: string, message: RegExp]>([
    ["a file that is not there", () => ["nope.yaml", "--yes"], "CONVERT_SOURCE_UNREACHABLE", /there is no such file/],
    [
      "an address where nobody listens",
      () => ["http://127.0.0.1:1/d", "--yes"],
      "CONVERT_SOURCE_UNREACHABLE",
      /cannot be read/,
    ],
    [
      "an address of another kind",
      () => ["ftp://a.example/d", "--yes"],
      "CONVERT_SOURCE_UNREACHABLE",
      /only http: and https:/,
    ],
    ["an address that is none", () => ["http://a.example:x", "--yes"], "CONVERT_SOURCE_UNREACHABLE", /cannot be read/],
    [
      "what is no document",
      () => [`${service.url}/d.json`, "--yes"],
      "CONVERT_SOURCE_INVALID",
      /it does not say "openapi"/,
    ],
    ["a folder", () => [".", "--yes"], "CONVERT_SOURCE_INVALID", /it is no file/],
    [
      "an operation that is not there",
      () => [file, "--yes", "--operations", "getPets"],
      "CONVERT_TOOL_UNKNOWN",
      /no tool getPets\. Did you mean getPet\?/,
    ],
    [
      "a document of which nothing can be used",
      () => [file, "--yes", "--operations", "odd"],
      "CONVERT_NO_TOOLS",
      /none of them can be used/,
    ],
    [
      "an update of what was not converted",
      () => [file, "--out", folder.path, "--update"],
      "CONVERT_NOT_CONVERTED",
      /leave out --update/,
    ],
    ["no name", () => [file], "USAGE", /--name owner\/name/],
    ["a version that is none", () => [file, "--yes", "--version", "v1"], "USAGE", /--version v1/],
    ["a token that is not there", () => [file, "--yes", "--token-env", "NOPE"], "USAGE", /--token-env NOPE/],
  ])("%s", async (_what, args, code, message) => {
    const { stdout } = await run("convert", "openapi", ...args(), "--json");
    expect((JSON.parse(stdout) as { error: object }).error).toEqual(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ["CONVERT_SOURCE_UNREACHABLE", "openapi", "http://127.0.0.1:1/d?api_key=hunter2hunter2"],
    ["CONVERT_SOURCE_UNREACHABLE", "openapi", "http://ann:hunter2hunter2@127.0.0.1:1/d"],
    ["CONVERT_SOURCE_INVALID", "openapi", () => `${service.url}/d.json?key=hunter2hunter2`],
    ["USAGE", "openapi", () => file, "--token-env", "hunter2hunter2"],
    ["USAGE", "mcp", "http://127.0.0.1:1/mcp", "--env", "API_KEY=hunter2hunter2"],
    ["USAGE", "mcp", "http://127.0.0.1:1/mcp", "--env", "A,hunter2-hunter2"],
    ["CONVERT_SOURCE_INVALID", "mcp", "--", "x", "-e", "API_KEY=hunter2hunter2"],
    ["USAGE", "langchain", "@langchain/core/tools#Tool", "--options", '{"apiKey":"hunter2hunter2"}'],
  ])("with %s a secret that is written out, and does not repeat it: %s %s %s %s", async (expected, kind, ...args) => {
    const before = await readdir(folder.path, { recursive: true });
    const given = args.map((arg) => (typeof arg === "function" ? arg() : arg));
    const options = ["--name", "acme/secret", "--json"];
    const { code, stdout, stderr } = await run("convert", kind, ...options, ...given);
    expect([code === 0, JSON.parse(stdout)]).toMatchObject([false, { error: { code: expected } }]);
    expect(`${stdout}${stderr}`).not.toContain("hunter2");
    expect(await readdir(folder.path, { recursive: true })).toEqual(before);
  });

  it("a folder that holds another project, and leaves it as it was", async () => {
    const taken = join(folder.path, "taken");
    await mkdir(taken, { recursive: true });
    await writeFile(join(taken, "package.json"), "{}");
    expect(await convert("--out", taken)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("PROJECT_FOLDER_TAKEN"),
    });
    expect(await readFile(join(taken, "package.json"), "utf8")).toBe("{}");
  });

  it("to go on when it is interrupted, and writes nothing", async () => {
    const interrupted = join(folder.path, "interrupted");
    const signal = AbortSignal.abort(new Error("interrupted"));
    const args = ["convert", "openapi", file, "--name", "acme/petstore", "--out", interrupted];
    await smoltoolsHere(args, { cwd: folder.path, env, signal });
    await expect(readFile(join(interrupted, "package.json"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
