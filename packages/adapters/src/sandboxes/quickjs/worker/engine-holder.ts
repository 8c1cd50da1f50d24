import type { FromWorker, SavedEngine, ToWorker, WorkerSetup } from "../protocol.ts";
import { Engine } from "./engine.ts";
import { imageOf, type Machine, type MachineImage } from "./machine.ts";
import type { MachineSource } from "./machine-source.ts";

/** Does what the sandbox asks of its worker: makes the engine, runs it, saves it, gives it up. */
export class EngineHolder {
  readonly #machines: MachineSource;
  readonly #send: (message: FromWorker) => void;
  #engine: Engine | undefined;
  #isTaken = false;
  /** The machine of the engine, when the engine is to be saved after each run. */
  #toSave: Machine | undefined;
  /** The last two images of the engine: the other side may still need one while the other is written. */
  #images: readonly MachineImage[] = [];

  constructor(machines: MachineSource, send: (message: FromWorker) => void) {
    this.#machines = machines;
    this.#send = send;
  }

  /** Whether a sandbox uses the thread, or is about to. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  async receive(message: ToWorker): Promise<void> {
    switch (message.type) {
      case "create":
        await this.#create(message.setup, message.saved);
        break;
      case "run":
        await this.#run(message);
        break;
      case "settle":
        this.#engine?.settle(message.answers);
        break;
      case "untimed":
        this.#engine?.setUntimed(message.inProgress);
        break;
      case "stop":
        this.#engine?.look();
        break;
      case "dispose":
        this.#engine = undefined;
        this.#isTaken = false;
        this.#toSave = undefined;
        this.#images = [];
        this.#send({ type: "disposed" });
        this.#machines.prepare();
        break;
    }
  }

  async #create(setup: WorkerSetup, saved: SavedEngine | undefined): Promise<void> {
    const { memoryBytes } = setup.limits;
    this.#isTaken = true;
    try {
      const machine = await (saved
        ? this.#machines.restore(saved.image, memoryBytes)
        : this.#machines.take(memoryBytes));
      this.#engine = new Engine(machine, setup, this.#send, saved?.steps);
      this.#send({ type: "created" });
      if (!setup.snapshots) return;
      this.#toSave = machine;
      if (!saved) this.#save(machine, this.#engine.steps);
    } catch (error) {
      this.#send({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #run({ code, variables, timeoutMs }: Extract<ToWorker, { type: "run" }>): Promise<void> {
    if (!this.#engine) return;
    const outcome = await this.#engine.run(code, variables, timeoutMs);
    this.#send({ type: "ended", outcome });
    if (this.#toSave && !outcome.lost) this.#save(this.#toSave, this.#engine.steps);
  }

  #save(machine: Machine, steps: number): void {
    try {
      const image = imageOf(machine, this.#images[1]);
      this.#images = [image, ...this.#images.slice(0, 1)];
      this.#send({ type: "saved", engine: { image, steps } });
    } catch {
      // There is no room for the copy.
      this.#send({ type: "saved" });
    }
  }
}
