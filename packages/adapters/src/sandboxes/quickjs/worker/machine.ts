import type {
  JSContextPointer,
  JSRuntimePointer,
  JSValuePointer,
  QuickJSContext,
  QuickJSHandle,
} from "quickjs-emscripten-core";
import type { Guest } from "../guest/main.ts";
import { GuestValues } from "./guest-values.ts";
import { type HostFunction, hostFunctions, type RunHost } from "./host-functions.ts";
import { type MemoryImage, putImage, takeImage, usedBlocks } from "./memory-image.ts";
import { ModuleLoader, ownModuleName } from "./module-loader.ts";
import { newQuickJs, type QuickJsInstance } from "./quickjs-instance.ts";

/** Whoever makes an engine of a machine. */
interface MachineUser extends RunHost {
  /** Whether the code at work is to be stopped. Asked again and again. */
  isOver(): boolean;
}

/** QuickJS with the guest's modules evaluated. */
export interface Machine {
  instance: QuickJsInstance;
  context: QuickJSContext;
  values: GuestValues;
  /** The functions of the guest, ready to be called. */
  guest: Readonly<Record<keyof Guest, QuickJSHandle>>;
  modules: ModuleLoader;
  /** Set before any code but the guest's own runs. */
  user: MachineUser | undefined;
  /** Blocks of memory that were written before anything that an image holds. */
  atFirst: readonly number[];
}

/** All that it takes to have a machine again, in any thread. */
export interface MachineImage {
  memory: MemoryImage;
  atFirst: readonly number[];
  // Addresses in the memory.
  runtime: JSRuntimePointer;
  context: JSContextPointer;
  guest: Readonly<Record<keyof Guest, JSValuePointer>>;
}

/** Stack of the code inside; the worker's own is so much larger that QuickJS always notices first. */
const stackBytes = 512 * 1024;
const guestFunctions = ["boot", "setVariable", "start", "settle", "fireTimer", "end", "describe"] as const;

/** Makes the first machine of a process: the guest's modules are evaluated from their sources. */
export async function bootMachine(
  wasmModule: WebAssembly.Module,
  guestSources: ReadonlyMap<string, string>,
  memoryBytes: number,
): Promise<Machine> {
  const bare = await bareMachine(wasmModule, memoryBytes);
  const { instance, modules } = bare;
  const atFirst = usedBlocks(instance.memory);
  const context = instance.runtime.newContext();
  const values = new GuestValues(context, instance.hasMemory);
  modules.own = guestSources;
  using host = context.newObject();
  for (const [name, work] of functionsFor(bare, context, values)) {
    context.newFunction(name, work).consume((handle) => context.setProp(host, name, handle));
  }
  const code = 'export * from "./main.js"';
  using main = context.unwrapResult(context.evalCode(code, ownModuleName("boot"), { type: "module" }));
  using setUp = context.getProp(main, "setUp");
  using functions = context.unwrapResult(context.callFunction(setUp, context.undefined, host));
  const guest = byName((name) => context.getProp(functions, name));
  while (instance.runJobs(1));
  modules.own = new Map();
  return Object.assign(bare, { context, values, guest, atFirst });
}

/**
 * Makes a copy of a machine, with a memory of its own.
 *
 * That is sound because the whole state of a WebAssembly instance is its memory, its mutable globals and its tables.
 * This build of QuickJS has one mutable global, the stack pointer, which is back at its beginning whenever no code
 * runs, and no instruction that changes its table. What the library keeps outside is made anew: a runtime and a context
 * at the same addresses, and the functions of the host, whose numbers are their order.
 *
 * @throws Error when the image does not fit `memoryBytes`.
 */
export async function copyMachine(
  wasmModule: WebAssembly.Module,
  image: MachineImage,
  memoryBytes: number,
): Promise<Machine> {
  const { memory, atFirst } = image;
  const bare = await bareMachine(wasmModule, memoryBytes, memory.byteLength);
  const { instance } = bare;
  if (instance.runtimePointer !== image.runtime) throw new Error("QuickJS has its runtime at another address");
  putImage(instance.memory, memory);
  const context = instance.runtime.newContext({ contextPointer: image.context });
  const values = new GuestValues(context, instance.hasMemory);
  for (const [, work] of functionsFor(bare, context, values)) instance.runtime.hostRefs.put(work);
  const pointers = context.getMemory(image.runtime);
  const guest = byName((name) => pointers.heapValueHandle(image.guest[name]));
  return Object.assign(bare, { context, values, guest, atFirst });
}

/**
 * An image of a machine in which no code runs.
 *
 * @param room - An image that is no longer needed: the new one takes its place, if it fits.
 */
export function imageOf(machine: Machine, room?: MachineImage): MachineImage {
  const { instance, atFirst, guest } = machine;
  return {
    memory: takeImage(instance.memory, atFirst, room?.memory),
    atFirst,
    runtime: instance.runtimePointer,
    context: machine.context["ctx"].value,
    guest: byName((name) => guest[name].value as JSValuePointer),
  };
}

type BareMachine = Pick<Machine, "instance" | "modules" | "user">;

/** What every machine begins with, up to the point at which an image is put into its memory. */
async function bareMachine(
  wasmModule: WebAssembly.Module,
  memoryBytes: number,
  usedBytes?: number,
): Promise<BareMachine> {
  const instance = await newQuickJs(wasmModule, memoryBytes, usedBytes);
  const bare: BareMachine = { instance, modules: new ModuleLoader(), user: undefined };
  instance.runtime.setMaxStackSize(stackBytes);
  bare.modules.serve(instance);
  instance.runtime.setInterruptHandler(() => bare.user?.isOver() ?? false);
  return bare;
}

function functionsFor(bare: BareMachine, context: QuickJSContext, values: GuestValues): [string, HostFunction][] {
  const user = (): RunHost => {
    if (!bare.user) throw new Error("the machine is no engine yet");
    return bare.user;
  };
  return Object.entries(hostFunctions(context, values, user));
}

function byName<T>(make: (name: keyof Guest) => T): Record<keyof Guest, T> {
  return Object.fromEntries(guestFunctions.map((name) => [name, make(name)])) as Record<keyof Guest, T>;
}
