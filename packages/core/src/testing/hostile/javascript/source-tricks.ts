import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const syntax = { error: ["SANDBOX_SYNTAX"] } as const;

/** Sources that try to be more than a step: most steps are rewritten or wrapped before they run. */
export const sourceTricks: readonly HostileProgram[] = hostilePrograms(
  { language: "javascript", kind: "source tricks" },
  [
    {
      name: "source that closes the function around it",
      code: "})(); globalThis.out = 1; (async () => {",
      ends: syntax,
    },
    { name: "source that closes the parentheses around it", code: "1); globalThis.out = 1; (2", ends: syntax },
    { name: "source that ends in a comment that stays open", code: "1 /* ", ends: syntax },
    { name: "source that ends in a template that stays open", code: "`${1", ends: syntax },
    { name: "a last line that is a comment", code: "1 + 1 // })()", ends: { value: 2 } },
    { name: "line breaks that only Unicode knows", code: "1 + 1 // \u2028 + 1", ends: { value: 3 } },
    {
      name: "comments that name its source and its map",
      code: "//# sourceURL=node:internal/process\n//# sourceMappingURL=file:///etc/passwd\nnew Error('x').message",
      ends: { value: "x" },
    },
    { name: "a static import", code: "import fs from 'node:fs'; fs.readFileSync('/etc/passwd', 'utf8')", ends: syntax },
    { name: "import.meta", code: "import.meta.url", ends: syntax },
    { name: "an escape that hides a keyword", code: "\\u0069mport('node:fs')", ends: syntax },
    {
      name: "variables named as what every object has",
      breaksItself: true,
      code: `
        var constructor = 1, __proto__ = { polluted: 1 }, hasOwnProperty = null, toString = null, valueOf = null;
        await echo(1)`,
      ends: "anyhow",
    },
    {
      name: "a NUL in the source",
      code: "const before = 1;\0 globalThis.out = 1;",
      ends: syntax,
    },
    { name: "lone surrogates in the source", code: "'\ud800'.length + '\udfff'.length", ends: "anyhow" },
    { name: "a debugger statement", code: "debugger; 'on'", ends: { value: "on" } },
  ],
);
