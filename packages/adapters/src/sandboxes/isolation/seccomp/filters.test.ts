import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runFilter } from "../test-support/run-bpf.ts";
import { instructionBytes } from "./bpf.ts";
import { answers, architectures } from "./compile-filter.ts";
import { seccompFilters } from "./filters.ts";
import { argumentRules, refusedGroups } from "./policy.ts";
import { renderFilters } from "./render-filters.ts";
import { type Machine, syscallNumbers } from "./syscall-numbers.ts";

const machines = ["x64", "arm64"] as const;
/** Higher than the number of any system call there will be for years. */
const manyNumbers = 2000;
/** The most instructions that the kernel takes. */
const maxInstructions = 4096;

function verdict(machine: Machine, call: string | number, ...given: (number | bigint)[]): string {
  const number = typeof call === "number" ? call : (syscallNumbers[machine].get(call) ?? Number.NaN);
  const program = Buffer.from(seccompFilters[machine] ?? "", "base64");
  const answer = runFilter(program, { architecture: architectures[machine], number, arguments: given.map(BigInt) });
  return Object.entries(answers).find(([, value]) => value === answer)?.[0] ?? `unknown: ${answer}`;
}

const refused = new Map(
  refusedGroups.flatMap(({ names, answer }) => names.match(/\w+/g)?.map((name) => [name, answer]) ?? []),
);
const conditional = new Set(argumentRules.map(({ name }) => name));

it("are what the policy says, compiled", () => {
  expect(readFileSync(new URL("filters.ts", import.meta.url), "utf8")).toBe(renderFilters());
});

it("name only system calls that there are", () => {
  const known = new Set(machines.flatMap((machine) => [...syscallNumbers[machine].keys()]));
  expect([...refused.keys(), ...conditional].filter((name) => !known.has(name))).toEqual([]);
});

it("decide about every system call in one place", () => {
  const names = refusedGroups.flatMap((group) => group.names.match(/\w+/g) ?? []);
  expect(names.filter((name, index) => names.indexOf(name) !== index || conditional.has(name))).toEqual([]);
});

describe.each(machines)("the filter for %s", (machine) => {
  it("has no more instructions than the kernel takes", () => {
    const bytes = Buffer.from(seccompFilters[machine] ?? "", "base64").length;
    expect(bytes / instructionBytes).toBeLessThan(maxInstructions);
  });

  it("answers each system call as the policy says", () => {
    const wrong = [...syscallNumbers[machine]].filter(
      ([name]) => !conditional.has(name) && verdict(machine, name) !== (refused.get(name) ?? "allow"),
    );
    expect(wrong).toEqual([]);
  });

  it("says of all other numbers that there is no such call", () => {
    const known = new Set(syscallNumbers[machine].values());
    const unknown = Array.from({ length: manyNumbers }, (_, number) => number).filter((number) => !known.has(number));
    expect(unknown.filter((number) => verdict(machine, number) !== "ENOSYS")).toEqual([]);
  });

  it.each([
    ["a thread", "allow", "clone", [0x3d0f00]],
    ["a thread, with bits above that the kernel does not look at", "allow", "clone", [0x1_0000_0000_003d_0f00n]],
    ["a process", "EPERM", "clone", [17]],
    ["a process that shares memory", "EPERM", "clone", [0x4111]],
    ["a thread in a network of its own", "EPERM", "clone", [0x4001_0f00]],
    ["a user namespace", "EPERM", "clone", [0x1000_0011]],
    ["private memory", "allow", "mmap", [0, 4096, 3, 0x22]],
    ["private memory for a stack", "allow", "mmap", [0, 4096, 3, 0x2_0022]],
    ["a shared file", "allow", "mmap", [0, 4096, 3, 0x01]],
    ["shared memory", "EPERM", "mmap", [0, 4096, 3, 0x21]],
    ["shared memory, with its flags checked", "EPERM", "mmap", [0, 4096, 3, 0x23]],
    ["memory that grows down", "EPERM", "mmap", [0, 4096, 3, 0x0122]],
    ["the name of a thread", "allow", "prctl", [15]],
    ["the signal for the end of the parent", "EPERM", "prctl", [1]],
    ["the same in an int that is followed by garbage", "EPERM", "prctl", [0xdead_0000_0001n]],
    ["a pair of sockets", "allow", "socketpair", [1, 1]],
    ["a pair of sockets of another family", "EPERM", "socketpair", [30, 1]],
    ["the type of a socket", "allow", "getsockopt", [3, 1, 3]],
    ["a handle to the peer's process", "EPERM", "getsockopt", [3, 1, 77]],
    ["how much can be read", "allow", "ioctl", [3, 0x541b]],
    ["the interfaces of a socket's network", "EPERM", "ioctl", [3, 0x8912]],
    ["the wireless network of a socket", "EPERM", "ioctl", [3, 0x8b1b]],
  ] as const)("decides about %s: %s", (_, expected, name, given) => {
    expect(verdict(machine, name, ...given)).toBe(expected);
  });

  it.each([
    ["32-bit x86", 0x4000_0003],
    ["32-bit ARM", 0x4000_0028],
    ["the other machine", architectures[machine === "x64" ? "arm64" : "x64"]],
  ])("kills on a call in the manner of %s", (_, architecture) => {
    const program = Buffer.from(seccompFilters[machine] ?? "", "base64");
    expect(runFilter(program, { architecture, number: 0 })).toBe(answers.kill);
  });
});

it.each([0x4000_0000, 0x4000_0039, 0x7fff_ffff, 0xffff_ffff])("kills on the x32 number %i", (number) => {
  expect(verdict("x64", number)).toBe("kill");
});
