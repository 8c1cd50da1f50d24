import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SpaceEvent, type SpaceTools, toolsFromSpace } from "@smoltools/adapters/space";
import { isMediaRef, MediaRef, type Tool } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convertSpace } from "../../packages/cli/src/convert/space/convert-space.ts";
import { builtConversion, convertOptions, loadedTools } from "../cli/converted-package.ts";
import { freePort, interopPythonHint, pythonEnv, pythonOf, startServer } from "./python-environment.ts";

const app = join(import.meta.dirname, "programs", "space_app.py");

/** Two pixels side by side, red and blue. */
const picture = MediaRef.fromUrl(
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAAMT/AQf/Af+cqVJwAAAAAElFTkSuQmCC",
  { mediaType: "image/png", name: "pixels.png" },
);

/** A sound of eight samples. */
function wave(): MediaRef {
  const samples = new Int16Array([0, 1000, 2000, 3000, 2000, 1000, 0, -1000]);
  const header = new DataView(new ArrayBuffer(44));
  const text = (at: number, value: string): void => {
    for (const [index, letter] of [...value].entries()) header.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, "RIFF");
  header.setUint32(4, 36 + samples.byteLength, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, 8000, true);
  header.setUint32(28, 16_000, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, samples.byteLength, true);
  const bytes = new Uint8Array([...new Uint8Array(header.buffer), ...new Uint8Array(samples.buffer)]);
  return MediaRef.fromBytes(bytes, { mediaType: "audio/wav", name: "tone.wav" });
}

const pdf = MediaRef.fromBytes(new Uint8Array(1234), { mediaType: "application/pdf", name: "ü paper.pdf" });

describe.each([
  { version: 6, python: pythonOf(".venv") },
  { version: 5, python: pythonOf(".venv-gradio-5") },
  { version: 4, python: pythonOf(".venv-gradio-4") },
])("a Space of Gradio $version", ({ version, python }) => {
  describe.skipIf(!python)(`runs${python ? "" : ` (${interopPythonHint})`}`, () => {
    const events: SpaceEvent[] = [];
    let home: string;
    let server: AsyncDisposable | undefined;
    let space: SpaceTools | undefined;
    let tools: Map<string, Tool>;

    const call = async (name: string, input: object = {}, signal?: AbortSignal): Promise<unknown> =>
      tools.get(name)?.call(input, signal && { signal });
    const schemaOf = (name: string): unknown => tools.get(name)?.inputSchema;

    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), "space-interop-"));
      const port = await freePort();
      const env = pythonEnv("http://127.0.0.1:1", home, {
        GRADIO_SSR_MODE: "false",
        GRADIO_TEMP_DIR: join(home, "files"),
      });
      const ready = /Running on local URL/;
      server = await startServer([app, String(port)], { cwd: home, env, ready, ...(python && { python }) });
      space = await toolsFromSpace(`http://127.0.0.1:${port}`, { onProgress: (event) => events.push(event) });
      tools = new Map((await space.tools()).map((tool) => [tool.name, tool]));
    });
    afterAll(async () => {
      await space?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    });

    it("declares texts, numbers and checkboxes with notes and defaults", () => {
      expect(schemaOf("greet")).toEqual({
        type: "object",
        properties: {
          name: { type: "string", description: "Whom to greet.", default: "World" },
          times: { type: version === 4 ? "number" : "integer", default: 2 },
          loud: { type: "boolean", default: false },
        },
        additionalProperties: false,
      });
    });

    it("declares sliders with their bounds, choices, lists, and data of any kind", () => {
      expect(schemaOf("values")).toMatchObject({
        properties: {
          param_0: { type: "number", description: "Exact" },
          param_1: { type: "number", minimum: 1, maximum: 10, default: 3 },
          param_2: { type: "string", enum: ["small", "large"] },
          param_3: { type: "array", items: { enum: ["red", "green"] } },
          param_4: { description: "Data" },
        },
      });
    });

    it("declares files as media, and states not at all", () => {
      const media = { anyOf: [{ properties: { kind: { const: "image" } } }, { type: "string" }] };
      expect(schemaOf("turn")).toMatchObject({ properties: { image: media }, required: ["image"] });
      expect(schemaOf("remember")).toMatchObject({ properties: { text: { type: "string" } }, required: ["text"] });
      expect(tools.get("gallery")?.outputSchema).toMatchObject({ anyOf: [{ type: "array" }, { type: "null" }] });
    });

    it("takes arguments by their names, and its own defaults for the others", async () => {
      expect(await call("greet", { name: "Ann", loud: true })).toBe("HELLO ANN HELLO ANN");
      expect(
        await call("values", { param_0: 0.5, param_2: "large", param_3: ["red"], param_4: { a: [null] } }),
      ).toEqual([0.5, 3, "large", ["red"], { a: [null] }]);
    });

    it("gives as a package, from a sandbox, what it gives directly", async () => {
      const address = tools.get("greet")?.origin;
      await using built = await builtConversion(
        await convertSpace(address?.kind === "space" ? address.space : "", convertOptions()),
      );
      await using made = await loadedTools(built.path);
      for (const [name, input] of [
        ["greet", { name: "Ann", loud: true }],
        ["values", { param_0: 0.5, param_2: "large", param_3: ["red"], param_4: { a: [null] } }],
        ["several", { text: "abc" }],
        ["remember", { text: "x" }],
        ["count", { upto: 2 }],
        ["direct", { text: "q" }],
        ["nothing", { text: "a" }],
      ] as const) {
        expect([name, await made.call(name, input)]).toEqual([name, await call(name, input)]);
      }
      expect(await made.call("size", { path: pdf })).toBe(1234);
      const [turned, own] = [await made.call("turn", { image: picture }), await call("turn", { image: picture })];
      expect(isMediaRef(turned) && isMediaRef(own) && [...(await turned.bytes())]).toEqual([
        ...(isMediaRef(own) ? await own.bytes() : []),
      ]);
      expect(await made.call("gallery", { text: "abc" })).toMatchObject([
        { image: { kind: "image" }, caption: "first" },
        { image: { kind: "image" }, caption: "second" },
      ]);
      // Apps of Gradio 4 and 5 tell the reason to their own page alone.
      const why = version === 6 ? "the well is dry: a" : "its app does not say why";
      await expect(made.call("fail", { text: "a" })).rejects.toThrow(why);
    });

    it("takes and gives images", async () => {
      const turned = await call("turn", { image: picture });
      expect(isMediaRef(turned) && [turned.kind, (await turned.bytes()).length > 20]).toEqual(["image", true]);
      const again = await call("turn", { image: turned });
      expect(isMediaRef(again) && again.kind).toBe("image");
    });

    it("takes and gives sounds", async () => {
      const louder = await call("sound", { audio: wave() });
      expect(isMediaRef(louder) && [louder.kind, (await louder.bytes()).length > 44]).toEqual(["audio", true]);
    });

    it("takes and gives files, one and several", async () => {
      expect(await call("size", { path: pdf })).toBe(1234);
      expect(await call("sizes", { paths: [pdf, picture] })).toEqual([1234, picture.data?.byteLength]);
      const copied = await call("copy", { path: pdf });
      expect(isMediaRef(copied) && [copied.mediaType, (await copied.bytes()).length]).toEqual([
        "application/pdf",
        1234,
      ]);
    });

    it("takes and gives galleries", async () => {
      const image = expect.objectContaining({ kind: "image" });
      expect(await call("gallery", { text: "abc" })).toEqual([
        { image, caption: "first" },
        { image, caption: "second" },
      ]);
      expect(await call("frame", { pictures: [{ image: picture, caption: "me" }] })).toEqual([
        { image, caption: "me!" },
      ]);
    });

    it("gives several values as a list, and null for none", async () => {
      expect([await call("several", { text: "abc" }), await call("nothing", { text: "abc" })]).toEqual([
        ["abc", 3, ["a", "b"]],
        null,
      ]);
    });

    it("begins every call with the first state", async () => {
      expect([await call("remember", { text: "a" }), await call("remember", { text: "b" })]).toEqual(["1: a", "1: b"]);
    });

    it("tells what a generator gives, and how far it has come", async () => {
      events.length = 0;
      expect(await call("count", { upto: 3 })).toEqual({ number: 3, list: [0, 1, 2] });
      const values = events.flatMap((event) => (event.kind === "value" ? [event.value] : []));
      expect(values.slice(0, 2)).toEqual([
        { number: 1, list: [0] },
        { number: 2, list: [0, 1] },
      ]);
      const progress = events.flatMap((event) => (event.kind === "progress" ? [event.message] : []));
      expect(progress).toContain("counting 1");
      expect(events.some(({ kind }) => kind === "started")).toBe(true);
    });

    it("runs many calls at once, in its queue", async () => {
      const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
      const greetings = await Promise.all(names.map((name) => call("greet", { name, times: 1 })));
      expect(greetings).toEqual(names.map((name) => `Hello ${name}`));
    });

    it("is called where it does not queue", async () => {
      expect(await call("direct", { text: "abc" })).toBe("abc");
    });

    it("says what went wrong, and nothing where it hides it", async () => {
      await expect(call("fail", { text: "x" })).rejects.toMatchObject({
        code: "TOOL_FAILED",
        message: expect.stringContaining("the well is dry: x"),
      });
      await expect(call("fail", { text: "quota" })).rejects.toMatchObject({
        code: "SOURCE_QUOTA",
        data: { retryAfterMs: 3_723_000 },
      });
      await expect(call("crash", { _text: "x" })).rejects.toMatchObject({
        code: "TOOL_FAILED",
        message: expect.not.stringContaining("secret detail"),
      });
    });

    it("ends what nobody waits for any more", async () => {
      const controller = new AbortController();
      const reason = new Error("enough");
      const slow = call("slow", { seconds: 60 }, controller.signal);
      await expect.poll(() => call("steps"), { timeout: 20_000 }).toBeGreaterThan(2);
      controller.abort(reason);
      await expect(slow).rejects.toBe(reason);
      let before: unknown;
      // Ten steps would be made meanwhile.
      const isStill = async (): Promise<boolean> => {
        before = await call("steps");
        await new Promise((resolve) => setTimeout(resolve, 500));
        return (await call("steps")) === before;
      };
      await expect.poll(isStill, { timeout: 20_000 }).toBe(true);
      expect(before).toBeLessThan(1000);
    });

    it("takes no path for a file", async () => {
      for (const path of ["/etc/passwd", "file:///etc/passwd", { path: "/etc/passwd" }]) {
        await expect(call("size", { path })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
      }
    });

    it("is gone when it is gone", async () => {
      const failed = call("slow", { seconds: 60 }).catch((error: unknown) => error);
      await expect.poll(() => call("steps"), { timeout: 20_000 }).toBeGreaterThan(2);
      await server?.[Symbol.asyncDispose]();
      expect(await failed).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
      await expect(call("greet")).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    });
  });
});
