import { LocalMachine } from "./local-machine.ts";

/** All machines that a fake provider has given out. */
export class MachinePark {
  readonly #machines = new Map<string, LocalMachine>();
  #created = 0;

  /** How many were ever given out. */
  get created(): number {
    return this.#created;
  }

  /** How many still run. */
  get alive(): number {
    return [...this.#machines.values()].filter((machine) => machine.alive).length;
  }

  add(id: string): LocalMachine {
    const machine = new LocalMachine();
    this.#created += 1;
    this.#machines.set(id, machine);
    return machine;
  }

  /** A machine that still runs. */
  get(id: string | undefined): LocalMachine | undefined {
    const machine = id === undefined ? undefined : this.#machines.get(id);
    return machine?.alive ? machine : undefined;
  }

  /** Ends one; false when there is none. */
  async end(id: string): Promise<boolean> {
    const machine = this.get(id);
    await machine?.end();
    return machine !== undefined;
  }

  /** Switches all of them off. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#machines.keys()].map((id) => this.end(id)));
  }
}
