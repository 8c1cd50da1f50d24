import type { EngineKind } from "../engine/engine.ts";

/** What guests in CPython have in common, wherever they run. */
interface PythonRuntime {
  /** What `memoryBytes` may be. */
  readonly memory: EngineKind["memory"];
  /** Data that Python has when nothing but usual libraries is loaded, in bytes. */
  readonly ownBytes: number;
  /** Options of the program: nothing of the user's environment and folders, no files of bytecode, UTF-8. */
  readonly flags: readonly string[];
  /** One heap for all threads, no pools of a thread per processor, and a place for settings that can be written to. */
  readonly environment: Readonly<Record<string, string>>;
}

const megabyte = 1024 * 1024;

export const pythonRuntime: PythonRuntime = {
  memory: { least: 16 * megabyte, most: 64 * 1024 * megabyte, reason: "Python" },
  ownBytes: 128 * megabyte,
  flags: ["-I", "-B", "-X", "utf8"],
  environment: {
    LANG: "C.UTF-8",
    MALLOC_ARENA_MAX: "1",
    MKL_NUM_THREADS: "1",
    MPLBACKEND: "Agg",
    MPLCONFIGDIR: "/tmp",
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
  },
};
