import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const levels = 200_000;

function nested(open: string, middle: string, close = ""): string {
  return open.repeat(levels) + middle + close.repeat(levels);
}

/** Sources that are too much for a parser that recurses. Some parsers manage some of them, which is as good. */
export const deepSource: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "deep source" }, [
  { name: "parentheses", code: nested("(", "1", ")"), ends: "error" },
  { name: "lists", code: nested("[", "", "]"), ends: "error" },
  { name: "objects", code: `(${nested("{a:", "1", "}")})`, ends: "error" },
  { name: "unary operators", code: nested("!", "1"), ends: "error" },
  { name: "additions", code: `1${"+1".repeat(levels)}`, ends: "anyhow" },
  { name: "powers", code: `1${"**1".repeat(levels)}`, ends: "anyhow" },
  { name: "conditions", code: `${nested("1?1:", "1")}`, ends: "anyhow" },
  { name: "member accesses", code: `({})${".a".repeat(levels)}`, ends: "error" },
  { name: "calls", code: `(f=>f)${"(f=>f)".repeat(20_000)}`, ends: "anyhow" },
  { name: "blocks", code: `${nested("{", "", "}")}throw 1`, ends: "error" },
  { name: "arrow functions", code: `${nested("a=>", "1")}; throw 1`, ends: "error" },
  { name: "functions", code: `${nested("function f(){", "", "}")}; throw 1`, ends: "error" },
  { name: "templates", code: `${nested("`${", "1", "}`")}; throw 1`, ends: "error" },
  { name: "patterns", code: `const ${nested("[", "a", "]")} = []; throw 1`, ends: "error" },
  { name: "ifs", code: `${nested("if(1)", ";")} throw 1`, ends: "error" },
  { name: "labels", code: `${Array.from({ length: 20_000 }, (_, i) => `l${i}:`).join("")};\nthrow 1`, ends: "error" },
  { name: "groups in a regex", code: `/${nested("(", "", ")")}/.test("")`, ends: "anyhow" },
  { name: "TypeScript", code: `const a: number = ${nested("(", "1", ")")}; throw 1`, ends: "error" },
  { name: "types of TypeScript", code: `type A<T> = T; let a: ${nested("A<", "1", ">")}; throw 1`, ends: "error" },
  { name: "eval", code: `eval("(".repeat(${levels}))`, ends: "error" },
  { name: "a long line", code: `let a = 0; ${"a+=1;".repeat(levels)} a`, ends: "anyhow" },
  { name: "a long name", code: `const ${"a".repeat(2_000_000)} = 1; throw 1`, ends: "error" },
]);
