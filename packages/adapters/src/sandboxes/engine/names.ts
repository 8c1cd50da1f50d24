import type { CodeLanguage } from "@smoltools/core";

interface NameRules {
  pattern: RegExp;
  /** Names that mean something already. */
  taken: ReadonlySet<string>;
}

const pythonKeywords =
  "False None True and as assert async await break class continue def del elif else except finally for from global " +
  "if import in is lambda nonlocal not or pass raise return try while with yield";

const rules: Readonly<Record<CodeLanguage, NameRules>> = {
  javascript: {
    pattern: /^[A-Za-z_$][\w$]*$/,
    taken: new Set(["finalAnswer", "console", "globalThis", "undefined", "NaN", "Infinity", "__proto__"]),
  },
  python: {
    pattern: /^[A-Za-z_]\w*$/,
    taken: new Set(["final_answer", "print", "__name__", "__builtins__", "__debug__", ...pythonKeywords.split(" ")]),
  },
};

/** Why a name cannot be that of a function or variable in this language; nothing when it can. */
export function nameProblem(name: string, language: CodeLanguage): string | undefined {
  const { pattern, taken } = rules[language];
  if (!pattern.test(name)) return "use another identifier";
  return taken.has(name) ? "it means something already, use another identifier" : undefined;
}
