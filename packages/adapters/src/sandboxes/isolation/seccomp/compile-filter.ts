import type { Buffer } from "node:buffer";
import { assemble, type Instruction, type Label } from "./bpf.ts";
import { type ArgumentRule, argumentRules, type Refusal, refusedGroups } from "./policy.ts";
import { type Machine, syscallNumbers } from "./syscall-numbers.ts";

/** Answers of a filter (linux/seccomp.h). */
export const answers: Readonly<Record<"allow" | "kill" | Refusal, number>> = {
  allow: 0x7fff_0000,
  kill: 0x8000_0000,
  EPERM: 0x0005_0001,
  ENOSYS: 0x0005_0026,
};

/** Where `struct seccomp_data` has what, in bytes. */
export const dataOffsets = { number: 0, architecture: 4, arguments: 16 } as const;

/** How the kernel names the ways of calling it (linux/audit.h). */
export const architectures: Readonly<Record<Machine, number>> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

/** From here on, x86-64 takes system calls of its 32-bit variant: other numbers for what the filter refuses. */
const x32Numbers = 0x4000_0000;

/** What happens to a system call: always the same, or according to its arguments. */
type Verdict = "allow" | Refusal | readonly ArgumentRule[];

/** System calls in a row that have the same verdict, from a number up to the next range. */
interface VerdictRange {
  from: number;
  verdict: Verdict;
}

/** Makes the filter of the policy for a machine: a program that the kernel runs before each system call. */
export function compileFilter(machine: Machine): Buffer {
  const own = label("own architecture");
  const foreign = label("foreign architecture");
  return assemble([
    { op: "load", offset: dataOffsets.architecture },
    { op: "jump", when: "equal", value: architectures[machine], yes: own, no: foreign },
    at(foreign),
    answer("kill"),
    at(own),
    { op: "load", offset: dataOffsets.number },
    ...(machine === "x64" ? killFrom(x32Numbers) : []),
    ...decide(verdictRanges(machine)),
  ]);
}

/** Finds the range of a number by halving: about seven comparisons instead of a hundred. */
function decide(ranges: readonly VerdictRange[]): Instruction[] {
  const [first, ...others] = ranges;
  if (!first) return [];
  if (others.length === 0) return perform(first.verdict);
  const middle = Math.ceil(ranges.length / 2);
  const pivot = ranges[middle]?.from ?? 0;
  const low = label(`numbers below ${pivot}`);
  const high = label(`numbers from ${pivot}`);
  return [
    { op: "jump", when: "atLeast", value: pivot, yes: high, no: low },
    at(low),
    ...decide(ranges.slice(0, middle)),
    at(high),
    ...decide(ranges.slice(middle)),
  ];
}

function perform(verdict: Verdict): Instruction[] {
  if (typeof verdict === "string") return [answer(verdict)];
  return [...verdict.flatMap(checkArgument), answer("allow")];
}

/** Refuses by one rule, or goes on below. */
function checkArgument(rule: ArgumentRule): Instruction[] {
  const refuse = label(`refuse ${rule.name}`);
  const pass = label(`pass ${rule.name}`);
  const [values, known, others] =
    "refused" in rule ? ([rule.refused, refuse, pass] as const) : ([rule.allowed, pass, refuse] as const);
  return [
    { op: "load", offset: dataOffsets.arguments + 8 * rule.argument },
    { op: "and", mask: rule.mask },
    ...values.flatMap((value) => {
      const next = label(`other values of ${rule.name}`);
      return [{ op: "jump", when: "equal", value, yes: known, no: next } as const, at(next)];
    }),
    ...goTo(others),
    at(refuse),
    answer("EPERM"),
    at(pass),
  ];
}

function killFrom(number: number): Instruction[] {
  const kill = label(`numbers from ${number}`);
  const go = label(`numbers below ${number}`);
  return [{ op: "jump", when: "atLeast", value: number, yes: kill, no: go }, at(kill), answer("kill"), at(go)];
}

function goTo(place: Label): Instruction[] {
  return [{ op: "jump", when: "equal", value: 0, yes: place, no: place }];
}

/** The verdicts of all numbers; numbers that no system call has do not exist. */
function verdictRanges(machine: Machine): VerdictRange[] {
  const verdicts = new Map([...syscallNumbers[machine]].map(([name, number]) => [number, verdictOf(name)]));
  const ranges: VerdictRange[] = [];
  const end = Math.max(...verdicts.keys()) + 1;
  for (let from = 0; from <= end; from++) {
    const verdict = verdicts.get(from) ?? "ENOSYS";
    if (ranges.at(-1)?.verdict !== verdict) ranges.push({ from, verdict });
  }
  return ranges;
}

function verdictOf(name: string): Verdict {
  const group = refusedGroups.find(({ names }) => names.trim().split(/\s+/).includes(name));
  if (group) return group.answer;
  const rules = argumentRules.filter((rule) => rule.name === name);
  return rules.length > 0 ? rules : "allow";
}

function label(name: string): Label {
  return { name };
}

function at(label: Label): Instruction {
  return { op: "label", label };
}

function answer(name: keyof typeof answers): Instruction {
  return { op: "return", value: answers[name] };
}
