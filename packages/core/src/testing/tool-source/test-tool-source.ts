import type { ToolSource } from "../../tool/tool-source.ts";
import { callCases } from "./call-cases.ts";
import { declarationCases } from "./declaration-cases.ts";
import { endingCases } from "./ending-cases.ts";
import { failureCases } from "./failure-cases.ts";
import { mediaCases } from "./media-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import type { OfferTools } from "./source-fixture.ts";

/** Options of {@link testToolSource}. */
export interface TestToolSourceOptions<Source extends ToolSource> {
  /**
   * Makes a source that offers these tools: writes them in the form that the source knows, starts what there is to
   * start, and converts them back with the code under test. It may reject where the tools cannot be offered together.
   */
  offer: OfferTools<Source>;
  /** The errors with which a source reports the tools that it has and does not give. */
  refusals: (source: Source) => readonly unknown[];
  /** Registers a test with the runner in use, such as vitest's or `node:test`'s `test`. */
  test: (name: string, run: () => Promise<void>) => void;
  /** Something must be open while the tools are used: a process, a socket. */
  hasConnection: boolean;
  /** Tests that this source is known not to pass, and why. They are not registered. */
  skip?: readonly { test: string; reason: string }[];
}

const allCases = [...declarationCases, ...refusalCases, ...callCases, ...failureCases, ...mediaCases, ...endingCases];

/**
 * The contract of `ToolSource` as tests: what is declared, what reaches the functions, results, errors, media, abort,
 * refusals and disposal.
 *
 * @example
 * describe("tools of LangChain", () => testToolSource({ offer, refusals, test: it, hasConnection: false }));
 *
 * @throws Error when `skip` names a test that does not exist for this source, or gives no reason.
 */
export function testToolSource<Source extends ToolSource>(options: TestToolSourceOptions<Source>): void {
  const { offer, refusals, test, hasConnection, skip = [] } = options;
  const cases = allCases.filter(({ needsConnection = false }) => hasConnection || !needsConnection);
  for (const { test: name, reason } of skip) {
    if (!cases.some((one) => one.name === name)) throw new Error(`testToolSource: there is no test "${name}" to skip`);
    if (reason === "") throw new Error(`testToolSource: say why "${name}" is skipped`);
  }
  for (const { name, run } of cases) {
    if (skip.some(({ test: skipped }) => skipped === name)) continue;
    test(name, async () => {
      const made = new Map<ToolSource, Source>();
      await run({
        offer: async (fixtures) => {
          const source = await offer(fixtures);
          made.set(source, source);
          return source;
        },
        refusals: (source) => {
          const own = made.get(source);
          return own === undefined ? [] : refusals(own);
        },
      });
    });
  }
}
