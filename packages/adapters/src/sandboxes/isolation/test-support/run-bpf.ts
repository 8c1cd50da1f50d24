import type { Buffer } from "node:buffer";
import { bpfCodes, instructionBytes } from "../seccomp/bpf.ts";
import { dataOffsets } from "../seccomp/compile-filter.ts";

/** A system call, as a filter sees it (`struct seccomp_data`). */
export interface SystemCall {
  architecture: number;
  number: number;
  arguments?: readonly bigint[];
}

/** Runs a filter on a system call, like the kernel does, and returns its answer. */
export function runFilter(program: Buffer, call: SystemCall): number {
  const data = dataOf(call);
  let accumulator = 0;
  for (let at = 0; at < program.length; at += instructionBytes) {
    const operand = program.readUInt32LE(at + 4);
    const jump = (holds: boolean): void => {
      at += program.readUInt8(at + (holds ? 2 : 3)) * instructionBytes;
    };
    switch (program.readUInt16LE(at)) {
      case bpfCodes.load:
        accumulator = data.getUint32(operand, true);
        break;
      case bpfCodes.and:
        accumulator = (accumulator & operand) >>> 0;
        break;
      case bpfCodes.equal:
        jump(accumulator === operand);
        break;
      case bpfCodes.atLeast:
        jump(accumulator >= operand);
        break;
      case bpfCodes.return:
        return operand;
      default:
        throw new Error(`There is no such instruction at ${at}.`);
    }
  }
  throw new Error("The program ended without an answer.");
}

function dataOf(call: SystemCall): DataView {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(dataOffsets.number, call.number, true);
  data.setUint32(dataOffsets.architecture, call.architecture, true);
  for (const [index, argument] of (call.arguments ?? []).entries()) {
    data.setBigUint64(dataOffsets.arguments + 8 * index, argument, true);
  }
  return data;
}
