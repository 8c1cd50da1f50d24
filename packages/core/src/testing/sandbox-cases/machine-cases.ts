import { expectValue, only, type SandboxCase, valueCase } from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";

const leave = {
  javascript: "globalThis.secret = 1; Object.prototype.polluted = 1;",
  python: "import json\nsecret = 1\njson.polluted = 1",
};
const look = {
  javascript: "['secret' in globalThis, 'polluted' in {}]",
  python: "import json\n['secret' in globals(), hasattr(json, 'polluted')]",
};

/** What code can see of the machine, and of other sandboxes. */
export const machineCases: readonly SandboxCase[] = [
  {
    name: "keeps sandboxes apart",
    run: async (provider) => {
      await using first = await provider.create();
      await using second = await provider.create();
      await first.run(leave);
      expectValue(await second.run(look), [false, false]);
    },
  },
  {
    name: "leaves nothing for the sandbox that comes after",
    run: async (provider) => {
      const first = await provider.create();
      await first.run(leave);
      await first.dispose();
      await using second = await provider.create();
      expectValue(await second.run(look), [false, false]);
    },
  },
  ...only({ language: "javascript", isolation: "engine" }, [
    valueCase(
      "gives the code nothing of the machine",
      source`
        ["process", "require", "module", "Deno", "Bun", "WebAssembly", "Worker", "XMLHttpRequest"].filter(
          (name) => name in globalThis,
        )
      `,
      [],
    ),
    valueCase(
      "gives no way out through constructors",
      source`
        const seen = [];
        for (const start of [globalThis, {}, echo, echo(1), console, console.log, await echo({}), new Error("x")])
          seen.push(start.constructor.constructor("return typeof process")());
        seen.filter((type) => type !== "undefined")
      `,
      [],
      { functions: { echo: ([value]) => value } },
    ),
  ]),
];
