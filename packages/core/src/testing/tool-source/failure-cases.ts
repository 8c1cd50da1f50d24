import { errorMessage } from "../../errors/error-message.ts";
import { aborted, codeOf, expect, expectEqual, rejection } from "../sandbox-case.ts";
import { type Deferred, deferred } from "../sandbox-cases/deferred.ts";
import { type SourceCase, toolCase } from "./source-case.ts";
import { fixture, recording } from "./source-fixture.ts";

/** Calls that fail, and calls that are ended. */
export const failureCases: readonly SourceCase[] = [
  toolCase("tells the caller what the function's error says", () => ({
    tool: fixture({
      execute: () => {
        throw new Error("the well is dry: try the river");
      },
    }),
    check: async (tool) => {
      const error = await rejection(tool.call({}));
      expectEqual(codeOf(error), "TOOL_FAILED", "code of the error");
      const message = errorMessage(error);
      expect(message.includes("the well is dry: try the river"), `the message does not say why: ${message}`);
    },
  })),
  toolCase("calls a tool again after it failed", () => {
    let calls = 0;
    return {
      tool: fixture({
        execute: () => {
          calls++;
          if (calls === 1) throw new Error("not yet");
          return "now";
        },
      }),
      check: async (tool) => {
        await rejection(tool.call({}));
        expectEqual(await tool.call({}), "now", "the second result");
      },
    };
  }),
  toolCase("ends a call that is aborted with the signal's reason, and tells the function", () => {
    const started = deferred<void>();
    const told = deferred<void>();
    return {
      tool: fixture({
        execute: async (_input, { signal }) => {
          started.resolve();
          await aborted(signal);
          told.resolve();
          throw new Error("the function noticed");
        },
      }),
      check: async (tool) => {
        const controller = new AbortController();
        const reason = new Error("nobody waits any more");
        const call = rejection(tool.call({}, { signal: controller.signal }));
        await Promise.race([started.promise, call]);
        controller.abort(reason);
        expect((await call) === reason, "the call did not reject with the signal's reason");
        await told.promise;
      },
    };
  }),
  toolCase("ends a call that is aborted although the function goes on", () => {
    const started = deferred<void>();
    const end = deferred<void>();
    return {
      tool: fixture({
        execute: async () => {
          started.resolve();
          await end.promise;
          return "too late";
        },
      }),
      check: async (tool) => {
        const controller = new AbortController();
        const reason = new Error("nobody waits any more");
        const call = rejection(tool.call({}, { signal: controller.signal }));
        await Promise.race([started.promise, call]);
        controller.abort(reason);
        try {
          expect((await call) === reason, "the call did not reject with the signal's reason");
        } finally {
          end.resolve();
        }
      },
    };
  }),
  toolCase("does not call the function when the signal is aborted before", () => {
    const { inputs, tool: recorded } = recording();
    return {
      tool: recorded,
      check: async (tool) => {
        const reason = new Error("never mind");
        const error = await rejection(tool.call({}, { signal: AbortSignal.abort(reason) }));
        expect(error === reason, "the call did not reject with the signal's reason");
        expectEqual(inputs.length, 0, "calls");
      },
    };
  }),
  {
    name: "runs 20 calls at once, and gives each its own answer",
    run: async ({ offer }) => {
      const ends: Deferred<void>[] = [];
      const all = deferred<void>();
      const waiting = fixture({
        inputSchema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
        execute: async (input) => {
          const end = deferred<void>();
          if (ends.push(end) === 20) all.resolve();
          await end.promise;
          return JSON.stringify(input);
        },
      });
      await using source = await offer([waiting]);
      const [tool] = await source.tools();
      const calls = Array.from({ length: 20 }, (_, n) => tool?.call({ n }));
      await Promise.race([all.promise, Promise.all(calls)]);
      // The last that came ends first.
      for (const end of ends.reverse()) end.resolve();
      const answers = await Promise.all(calls);
      expectEqual(
        answers,
        calls.map((_, n) => `{"n":${n}}`),
        "the answers",
      );
    },
  },
];
