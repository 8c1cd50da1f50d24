import type { SandboxProvider } from "@smoltools/core";
import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, test } from "vitest";
import { ofKinds, sampled } from "./sampled.ts";

/** One of so many others is tried. */
const oneOf = 8;
/** Kinds of programs that attack the host through the channel. */
const kinds = ["protocol", "floods", "values at the bridge", "pollution"];

/**
 * The hostile programs that need no boundary to be held back: they attack what this side makes of their messages.
 *
 * It is what can be tried of sandboxes whose boundary is a machine of somebody else.
 *
 * @param aimed - The kinds of which all are tried: what reads the messages is the same for all such sandboxes.
 */
export function testHostSide(provider: SandboxProvider, aimed: readonly string[] = []): void {
  testHostileCode({
    provider,
    isolation: "process",
    test: ofKinds(sampled(test, oneOf, aimed), kinds),
    afterAll,
    // Machines are made and ended by a provider, in its own time.
    maxLateMs: 5000,
  });
}
