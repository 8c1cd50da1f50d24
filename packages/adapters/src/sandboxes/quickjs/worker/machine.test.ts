import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { defaultSandboxLimits } from "@smoltools/core";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkerSetup } from "../protocol.ts";
import { Engine } from "./engine.ts";
import { readGuestSources } from "./guest-sources.ts";
import { bootMachine, copyMachine, imageOf, type Machine, type MachineImage } from "./machine.ts";

const memoryBytes = 32 * 1024 * 1024;
let binary: Uint8Array<ArrayBuffer>;
let wasmModule: WebAssembly.Module;
let image: MachineImage;

beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
  binary = new Uint8Array(await readFile(path));
  wasmModule = await WebAssembly.compile(binary);
  image = imageOf(await bootMachine(wasmModule, readGuestSources(), memoryBytes));
});

function engineOf(machine: Machine, steps?: number): Engine {
  const setup: WorkerSetup = {
    functions: [],
    parameters: {},
    modules: { counter: "let n = 0; export const next = () => ++n;" },
    variables: [],
    hasFetch: false,
    limits: { ...defaultSandboxLimits, memoryBytes },
    stop: new Int32Array(new SharedArrayBuffer(4)),
    stoodStillMs: new BigInt64Array(new SharedArrayBuffer(8)),
    snapshots: false,
  };
  return new Engine(machine, setup, () => {}, steps);
}

async function valueOf(engine: Engine, code: string): Promise<unknown> {
  const { value, error } = await engine.run(code, [], 1000);
  return error ?? (value && (JSON.parse(value) as unknown));
}

/** Reads the sections of a WebAssembly binary (core specification, section 5.5). */
function sections(): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < binary.length) {
    const id = number();
    const size = number();
    if (id !== 0) found.set(id, binary.subarray(at, at + size));
    at += size;
  }
  return found;
}

describe("what makes copies of a machine sound in this build of QuickJS:", () => {
  test("its only global is the stack pointer", () => {
    const [count, type, mutable] = sections().get(6) ?? [];
    expect([count, type, mutable]).toEqual([1, 0x7f, 1]);
  });

  test("its only table stays inside", () => {
    expect((sections().get(4) ?? [])[0]).toBe(1);
    const outside = [...WebAssembly.Module.imports(wasmModule), ...WebAssembly.Module.exports(wasmModule)];
    expect(outside.map(({ kind }) => kind).filter((kind) => kind === "table" || kind === "global")).toEqual([]);
  });

  test("it imports functions and its memory", () => {
    const kinds = WebAssembly.Module.imports(wasmModule).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "function")).toEqual(["memory"]);
  });
});

describe("copies of a machine", () => {
  test("know nothing of each other", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => copyMachine(wasmModule, image, memoryBytes)));
    const [a, b] = [first, second].map((machine) => engineOf(machine as Machine));
    await a?.run("let own = 1; Array.prototype.mine = 1; globalThis.finalAnswer", [], 1000);
    expect(await valueOf(b as Engine, "[typeof own, [].mine ?? null]")).toEqual(["undefined", null]);
  });

  test("do not have the same random numbers", async () => {
    const seen = new Set<unknown>();
    for (let copy = 0; copy < 5; copy += 1) {
      const engine = engineOf(await copyMachine(wasmModule, image, memoryBytes));
      seen.add(JSON.stringify(await valueOf(engine, "[Math.random(), Math.random(), crypto.randomUUID()]")));
    }
    expect(seen.size).toBe(5);
  });

  test("have their own clock", async () => {
    const engine = engineOf(await copyMachine(wasmModule, image, memoryBytes));
    const drift = await valueOf(engine, "[performance.now(), Date.now() - performance.timeOrigin]");
    for (const ms of drift as number[]) expect(Math.abs(ms)).toBeLessThan(1000);
  });

  test("can have more memory than the original, and no more than is said", async () => {
    const engine = engineOf(await copyMachine(wasmModule, image, memoryBytes));
    const fill = "const all = []; try { for (;;) all.push(new Uint8Array(1e6).fill(1)) } catch {} all.length";
    const megabytes = await valueOf(engine, fill);
    expect(megabytes).toBeGreaterThan(20);
    expect(megabytes).toBeLessThan(32);
  });

  test("of an engine that has run go on where it was", async () => {
    const machine = await copyMachine(wasmModule, image, memoryBytes);
    const engine = engineOf(machine);
    const code = `
      class Point { #x = 1; move() { return ++this.#x } }
      const point = new Point(); point.move();
      const closure = (() => { let n = 10; return () => ++n })(); closure();
      const map = new Map([[point, Symbol.for("s")]]);
      const large = Array.from({ length: 2e5 }, (_, i) => ({ i }));
      const generator = (function* () { yield 1; yield 2 })(); generator.next();
      const { next } = await import("counter"); next();`;
    expect(await valueOf(engine, code)).toBe(1);
    const saved = imageOf(machine);
    await engine.run("point.move(); closure(); large.length = 0; next(); generator.next()", [], 1000);

    const copy = engineOf(await copyMachine(wasmModule, saved, memoryBytes), engine.steps);
    const check =
      "[point.move(), closure(), map.get(point) === Symbol.for('s'), large[199999].i, generator.next().value]";
    expect(await valueOf(copy, check)).toEqual([3, 12, true, 199_999, 2]);
    expect(await valueOf(copy, "[next(), (await import('counter')).next()]")).toEqual([2, 3]);
  });

  test("need as much memory as the original used", async () => {
    const machine = await copyMachine(wasmModule, image, memoryBytes);
    const engine = engineOf(machine);
    await engine.run("const all = new Uint8Array(2e7).fill(1)", [], 1000);
    await expect(copyMachine(wasmModule, imageOf(machine), 16 * 1024 * 1024)).rejects.toThrow(/maximum/);
  });
});
