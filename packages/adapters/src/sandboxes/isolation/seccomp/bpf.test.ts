import { expect, it } from "vitest";
import { assemble, type Instruction, type Label } from "./bpf.ts";

const end: Label = { name: "the end" };
const jump: Instruction = { op: "jump", when: "equal", value: 7, yes: end, no: end };
const stop: Instruction = { op: "return", value: 0x7fff0000 };

it("writes an instruction as code, two distances and an operand", () => {
  const program: Instruction[] = [jump, { op: "load", offset: 16 }, { op: "label", label: end }, stop];
  expect(assemble(program).toString("hex").match(/.{16}/g)).toEqual([
    "1500010107000000",
    "2000000010000000",
    "060000000000ff7f",
  ]);
});

it("jumps over at most 255 instructions", () => {
  const between = (count: number): Instruction[] => Array.from({ length: count }, () => stop);
  expect(assemble([jump, ...between(255), { op: "label", label: end }, stop])).toHaveLength(257 * 8);
  expect(() => assemble([jump, ...between(256), { op: "label", label: end }, stop])).toThrow(RangeError);
});

it.each([
  ["backwards", [{ op: "label", label: end }, jump, stop]],
  ["nowhere", [jump, stop]],
] as const)("does not jump %s", (_, program) => {
  expect(() => assemble(program)).toThrow("The jump to the end would go");
});
