import * as variantModule from "@jitl/quickjs-wasmfile-release-sync";
import {
  type JSContextPointerPointer,
  type JSRuntimePointer,
  newQuickJSWASMModuleFromVariant,
  type QuickJSEmscriptenModule,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
} from "quickjs-emscripten-core";

/** A QuickJS runtime with a memory of its own. */
export interface QuickJsInstance {
  runtime: QuickJSRuntime;
  /** Address of the runtime. */
  runtimePointer: JSRuntimePointer;
  memory: WebAssembly.Memory;
  /** Tells whether a block of this size can still be had. */
  hasMemory(bytes: number): boolean;
  /**
   * Runs up to so many pending promise jobs; what they throw is dropped.
   *
   * @returns Whether there are more.
   */
  runJobs(atMost: number): boolean;
}

type Wrapped<T> = T | { default: Wrapped<T> };

/** The library's types and files do not agree on where the default export is. */
function unwrap<T extends object>(module: Wrapped<T>): T {
  return "default" in module ? unwrap(module.default) : module;
}

const variant = unwrap<QuickJSSyncVariant>(variantModule);
const pageBytes = 64 * 1024;

/** The least that the library is built for. */
const leastPages = 256;

/**
 * Makes an instance of QuickJS whose memory can never exceed `memoryBytes`.
 *
 * The limit is that of the `WebAssembly.Memory`: QuickJS's own accounting misses most of what is allocated.
 *
 * @param usedBytes - Size of the memory at first.
 */
export async function newQuickJs(
  wasmModule: WebAssembly.Module,
  memoryBytes: number,
  usedBytes = 0,
): Promise<QuickJsInstance> {
  const memory = new WebAssembly.Memory({
    initial: Math.max(leastPages, Math.ceil(usedBytes / pageBytes)),
    maximum: Math.floor(memoryBytes / pageBytes),
  });
  let emscripten: QuickJSEmscriptenModule | undefined;
  const quickjs = await newQuickJSWASMModuleFromVariant({
    type: "sync",
    importFFI: () => variant.importFFI(),
    importModuleLoader: async () => {
      const load = unwrap(await variant.importModuleLoader());
      return async () => {
        const module = await load({
          wasmMemory: memory,
          instantiateWasm: (imports, onSuccess) => {
            const instance = new WebAssembly.Instance(wasmModule, imports);
            onSuccess(instance);
            return instance.exports;
          },
        });
        emscripten = module;
        return module;
      };
    },
  });
  if (!emscripten) throw new Error("QuickJS was not loaded");
  const { _malloc: malloc, _free: free }: QuickJSEmscriptenModule = emscripten;
  const runtime = quickjs.newRuntime();
  const ffi = quickjs.getFFI();
  // `executePendingJobs` reads this through a view that is detached when a job makes the memory grow, and then
  // takes the runtime for another one. The pointers are the same ones that it uses.
  const { value: pointer } = runtime["rt"];
  let contextOut: JSContextPointerPointer | undefined;
  return {
    runtime,
    runtimePointer: pointer,
    memory,
    hasMemory: (bytes) => {
      const block = malloc(bytes);
      if (block !== 0) free(block);
      return block !== 0;
    },
    runJobs: (atMost) => {
      contextOut ??= malloc(4) as JSContextPointerPointer;
      ffi.QTS_FreeValuePointerRuntime(pointer, ffi.QTS_ExecutePendingJob(pointer, atMost, contextOut));
      return ffi.QTS_IsJobPending(pointer) !== 0;
    },
  };
}
