import type { HostFunction } from "../../sandbox/sandbox.ts";
import { expect, expectValue, type SandboxCase } from "../sandbox-case.ts";
import type { Program } from "../sandbox-program.ts";

/** A case whose code makes 20 calls of `work` and gives their number, where three calls may be open. */
export function queueCase(name: string, program: Program): SandboxCase {
  return {
    name,
    run: async (provider) => {
      let open = 0;
      let most = 0;
      const work: HostFunction = async ([value]) => {
        open += 1;
        most = Math.max(most, open);
        // Long enough for others to arrive.
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        open -= 1;
        return value;
      };
      await using sandbox = await provider.create({ functions: { work }, limits: { maxCallsInFlight: 3 } });
      expectValue(await sandbox.run(program), 20);
      expect(most <= 3, `${most} calls were open at once`);
    },
  };
}
