import { expectValue, noOptions, sandboxCase, type SandboxCase } from "../sandbox-case.ts";

const read = { javascript: "[a.deep[0], b]", python: "[a['deep'][0], b]" };

/** Variables that the host gives. */
export const variableCases: readonly SandboxCase[] = [
  sandboxCase("sets variables of the sandbox and of a run", { variables: { a: { deep: [1] } } }, async (sandbox) => {
    expectValue(await sandbox.run(read, { variables: { b: "two" } }), [1, "two"]);
    expectValue(await sandbox.run(read, { variables: { b: 3 } }), [1, 3]);
  }),
  sandboxCase("keeps variables of a run, as the code changes them", noOptions, async (sandbox) => {
    await sandbox.run(
      { javascript: "a.deep.push(2); b += 1;", python: "a['deep'].append(2)\nb += 1" },
      {
        variables: { a: { deep: [1] }, b: 1 },
      },
    );
    expectValue(await sandbox.run({ javascript: "[globalThis.a, globalThis.b]", python: "[a, b]" }), [
      { deep: [1, 2] },
      2,
    ]);
  }),
];
