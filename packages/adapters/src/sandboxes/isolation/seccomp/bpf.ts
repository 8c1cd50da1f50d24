import { Buffer } from "node:buffer";

/** A place in a program that jumps lead to. */
export interface Label {
  readonly name: string;
}

/** One instruction of a classic BPF program, or a place that has a name. */
export type Instruction =
  /** Loads 4 bytes of the `seccomp_data` at this offset. */
  | { op: "load"; offset: number }
  /** Keeps only these bits of what was loaded. */
  | { op: "and"; mask: number }
  /** Goes on at one of two places further down. */
  | { op: "jump"; when: "equal" | "atLeast"; value: number; yes: Label; no: Label }
  /** Ends the program with an answer. */
  | { op: "return"; value: number }
  | { op: "label"; label: Label };

type Executable = Exclude<Instruction, { op: "label" }>;

/** Codes of the instructions (linux/bpf_common.h): class, size or operation, and kind of operand together. */
export const bpfCodes = {
  load: 0x20,
  and: 0x54,
  equal: 0x15,
  atLeast: 0x35,
  return: 0x06,
} as const;

/** Bytes of one instruction (`struct sock_filter`). */
export const instructionBytes = 8;
/** Jumps have 8 bits for how far they go. */
const maxJump = 255;

/**
 * Turns a program into what the kernel takes, for little-endian machines.
 *
 * @throws RangeError when a jump goes backwards or too far.
 */
export function assemble(program: readonly Instruction[]): Buffer {
  const places = new Map<Label, number>();
  const code: Executable[] = [];
  for (const instruction of program) {
    if (instruction.op === "label") places.set(instruction.label, code.length);
    else code.push(instruction);
  }
  return Buffer.concat(code.map((instruction, at) => encode(instruction, (label) => distance(label, at, places))));
}

function distance(label: Label, at: number, places: ReadonlyMap<Label, number>): number {
  const far = (places.get(label) ?? -1) - at - 1;
  if (far >= 0 && far <= maxJump) return far;
  throw new RangeError(`The jump to ${label.name} would go ${far} instructions ahead: 0 to ${maxJump} are possible.`);
}

function encode(instruction: Executable, distanceTo: (label: Label) => number): Buffer {
  switch (instruction.op) {
    case "load":
      return words(bpfCodes.load, 0, 0, instruction.offset);
    case "and":
      return words(bpfCodes.and, 0, 0, instruction.mask);
    case "jump":
      return words(
        bpfCodes[instruction.when],
        distanceTo(instruction.yes),
        distanceTo(instruction.no),
        instruction.value,
      );
    case "return":
      return words(bpfCodes.return, 0, 0, instruction.value);
  }
}

function words(code: number, yes: number, no: number, operand: number): Buffer {
  const bytes = Buffer.alloc(instructionBytes);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(yes, 2);
  bytes.writeUInt8(no, 3);
  bytes.writeUInt32LE(operand >>> 0, 4);
  return bytes;
}
