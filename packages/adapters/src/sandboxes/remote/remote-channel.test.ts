import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuestExit } from "../channel/guest-channel.ts";
import { RemoteChannel } from "./remote-channel.ts";
import type { ProgramListener, RemoteMachine } from "./remote-machine.ts";

/** A machine that does what the test says. */
class ScriptedMachine implements RemoteMachine {
  readonly written: string[] = [];
  destructions = 0;
  failures = 0;
  writes: (bytes: Buffer) => Promise<void> = async (bytes) => void this.written.push(bytes.toString());
  listener: ProgramListener | undefined;

  async writeFile(): Promise<void> {}

  async start(
    _command: readonly string[],
    listener: ProgramListener,
  ): Promise<{ write(bytes: Buffer): Promise<void> }> {
    this.listener = listener;
    return { write: (bytes) => this.writes(bytes) };
  }

  async destroy(): Promise<void> {
    this.destructions += 1;
    if (this.destructions <= this.failures) throw new Error("not now");
  }
}

interface Heard {
  channel: RemoteChannel;
  messages: string[];
  exits: GuestExit[];
}

async function open(machine: ScriptedMachine): Promise<Heard> {
  const redact = (text: string): string => text.replaceAll("secret", "[redacted]");
  const channel = await RemoteChannel.start(machine, ["guest"], { maxMessageBytes: 100, redact });
  const heard: Heard = { channel, messages: [], exits: [] };
  channel.listen({
    onMessage: (line) => void heard.messages.push(line),
    onExit: (exit) => void heard.exits.push(exit),
  });
  return heard;
}

describe("the channel to a remote guest", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("cuts the output into messages, wherever its portions end", async () => {
    const machine = new ScriptedMachine();
    const { messages } = await open(machine);
    for (const part of ['{"type":"rea', 'dy"}\n{"a"', ":1}\n"]) machine.listener?.onOutput(Buffer.from(part));
    expect(messages).toEqual(['{"type":"ready"}', '{"a":1}']);
  });

  it("ends a guest that sends too long a message, and its machine", async () => {
    const machine = new ScriptedMachine();
    const { exits } = await open(machine);
    machine.listener?.onOutput(Buffer.alloc(101, "x"));
    expect(exits).toEqual([{ message: "it sent a message of more than 100 bytes", stderr: "" }]);
    expect(machine.destructions).toBe(1);
  });

  it("tells the end of a guest once, with what it said on standard error and without secrets", async () => {
    const machine = new ScriptedMachine();
    const { exits } = await open(machine);
    machine.listener?.onErrorOutput("oh dear\n");
    machine.listener?.onEnd({ message: "lost: secret" });
    machine.listener?.onEnd({ code: 1 });
    expect(exits).toEqual([{ message: "lost: [redacted]", stderr: "oh dear\n" }]);
  });

  it("ends a guest that floods its standard error", async () => {
    const machine = new ScriptedMachine();
    const { exits } = await open(machine);
    const text = "x".repeat(1024 * 1024);
    for (let megabytes = 0; megabytes <= 64; megabytes += 1) machine.listener?.onErrorOutput(text);
    expect(exits).toMatchObject([{ message: "it floods its standard error" }]);
  });

  it("is over when something cannot be sent", async () => {
    const machine = new ScriptedMachine();
    machine.writes = () => Promise.reject(new Error("broken pipe"));
    const { channel, exits } = await open(machine);
    channel.send("{}");
    await vi.advanceTimersByTimeAsync(0);
    expect(exits).toEqual([{ message: "the connection to it is lost: broken pipe", stderr: "" }]);
  });

  it("asks again for the end of a machine that the provider did not end", async () => {
    const machine = new ScriptedMachine();
    machine.failures = 2;
    const { channel, exits } = await open(machine);
    const killed = channel.kill();
    await vi.advanceTimersByTimeAsync(5000);
    await killed;
    expect([machine.destructions, exits.length]).toEqual([3, 1]);
  });

  it("does not wait for ever for a provider that does not answer", async () => {
    const machine = new ScriptedMachine();
    machine.destroy = () => new Promise(() => {});
    const { channel, exits } = await open(machine);
    const killed = channel.kill();
    await vi.advanceTimersByTimeAsync(10_000);
    await killed;
    expect(exits).toHaveLength(1);
  });
});
