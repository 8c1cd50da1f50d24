import type { Tool } from "../../tool/tool.ts";
import type { ToolSource } from "../../tool/tool-source.ts";
import { expect } from "../sandbox-case.ts";
import type { OfferTools, SourceFixture } from "./source-fixture.ts";

/** The source under test, as the cases use it. */
export interface SourceUnderTest {
  offer: OfferTools<ToolSource>;
  /** Why tools that it has are not among those that it gives. */
  refusals(source: ToolSource): readonly unknown[];
}

/** One requirement that every source of tools must meet. */
export interface SourceCase {
  /** A sentence: what the source does. No other case has it. */
  name: string;
  /** It holds for sources that something must be open for: a process, a socket. */
  needsConnection?: true;
  run(subject: SourceUnderTest): Promise<void>;
}

/** A case about one source, which is disposed afterwards. */
export function sourceCase(
  name: string,
  fixtures: readonly SourceFixture[],
  check: (tools: readonly Tool[], source: ToolSource, subject: SourceUnderTest) => Promise<void> | void,
): SourceCase {
  return {
    name,
    run: async (subject) => {
      await using source = await subject.offer(fixtures);
      await check(await source.tools(), source, subject);
    },
  };
}

/** A case about a source of one tool. Each run gets a fixture of its own, as fixtures remember. */
export function toolCase(
  name: string,
  make: () => { tool: SourceFixture; check: (tool: Tool) => Promise<void> | void },
): SourceCase {
  return {
    name,
    run: async (subject) => {
      const { tool, check } = make();
      await using source = await subject.offer([tool]);
      await check(onlyTool(await source.tools()));
    },
  };
}

/** The only one of several tools. */
export function onlyTool(tools: readonly Tool[]): Tool {
  const [tool] = tools;
  expect(tools.length === 1 && tool !== undefined, `expected one tool, got ${tools.length}`);
  return tool;
}
