import { expect, test, vi } from "vitest";
import { quickJsWasm } from "./wasm-module.ts";

const { readFile } = vi.hoisted(() => ({ readFile: vi.fn<() => Promise<Uint8Array>>() }));
vi.mock("node:fs/promises", async (original) => ({ ...(await original<object>()), readFile }));

test("a file that could not be read, with many others open for instance, is read again", async () => {
  readFile.mockRejectedValueOnce(new Error("too many open files"));
  await expect(quickJsWasm()).rejects.toThrow("too many open files");
  // The smallest module that there is.
  readFile.mockResolvedValue(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  expect(await quickJsWasm()).toBeInstanceOf(WebAssembly.Module);
  expect(await quickJsWasm()).toBe(await quickJsWasm());
  expect(readFile).toHaveBeenCalledTimes(2);
});
