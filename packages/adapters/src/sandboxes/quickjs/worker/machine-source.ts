import { copyMachine, imageOf, type Machine, type MachineImage } from "./machine.ts";

/** Gives machines to make engines of. One of the usual size is made ahead of need. */
export class MachineSource {
  /** What the machines begin as. */
  readonly image: MachineImage;
  readonly #wasmModule: WebAssembly.Module;
  readonly #usualBytes: number;
  #next: Promise<Machine> | undefined;

  /** @param first - A machine of the usual size that is there already. */
  constructor(wasmModule: WebAssembly.Module, usualBytes: number, image: MachineImage, first?: Machine) {
    this.image = image;
    this.#wasmModule = wasmModule;
    this.#usualBytes = usualBytes;
    if (first) this.#next = Promise.resolve(first);
  }

  /** Gives the machine that was booted, and copies of it. */
  static of(booted: Machine, wasmModule: WebAssembly.Module, usualBytes: number): MachineSource {
    return new MachineSource(wasmModule, usualBytes, imageOf(booted), booted);
  }

  /** Makes the next machine, as soon as nothing else is to be done. */
  prepare(): void {
    setImmediate(() => {
      this.#next ??= this.restore(this.image, this.#usualBytes);
      // Whoever takes it gets the error.
      this.#next.catch(() => {});
    });
  }

  /** A new machine. */
  take(memoryBytes: number): Promise<Machine> {
    if (memoryBytes !== this.#usualBytes) return this.restore(this.image, memoryBytes);
    const next = this.#next ?? this.restore(this.image, memoryBytes);
    this.#next = undefined;
    return next;
  }

  /** A machine with the memory of another one. */
  restore(image: MachineImage, memoryBytes: number): Promise<Machine> {
    return copyMachine(this.#wasmModule, image, memoryBytes);
  }
}
