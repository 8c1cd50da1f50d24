import { codeOf, expectEqual, rejection } from "../sandbox-case.ts";
import { deferred } from "../sandbox-cases/deferred.ts";
import { onlyTool, type SourceCase } from "./source-case.ts";
import { fixture, recording } from "./source-fixture.ts";

/** What is left of a source when it has been disposed. */
export const endingCases: readonly SourceCase[] = [
  {
    name: "is disposed twice without an error",
    run: async ({ offer }) => {
      const source = await offer([fixture({})]);
      await source[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
    },
  },
  {
    name: "calls no tool after it was disposed, and says SOURCE_UNAVAILABLE",
    needsConnection: true,
    run: async ({ offer }) => {
      const { inputs, tool: recorded } = recording();
      const source = await offer([recorded]);
      const tool = onlyTool(await source.tools());
      await source[Symbol.asyncDispose]();
      expectEqual(codeOf(await rejection(tool.call({}))), "SOURCE_UNAVAILABLE", "code of the error");
      expectEqual(inputs.length, 0, "calls");
    },
  },
  {
    name: "lists no tools after it was disposed, and says SOURCE_UNAVAILABLE",
    needsConnection: true,
    run: async ({ offer }) => {
      const source = await offer([fixture({})]);
      await source[Symbol.asyncDispose]();
      expectEqual(codeOf(await rejection(source.tools())), "SOURCE_UNAVAILABLE", "code of the error");
    },
  },
  {
    name: "ends a call that is open when it is disposed, and says SOURCE_UNAVAILABLE",
    needsConnection: true,
    run: async ({ offer }) => {
      const started = deferred<void>();
      const end = deferred<void>();
      const waiting = fixture({
        execute: async () => {
          started.resolve();
          await end.promise;
          return "too late";
        },
      });
      const source = await offer([waiting]);
      const call = rejection(onlyTool(await source.tools()).call({}));
      await Promise.race([started.promise, call]);
      // What runs in this program ends only after the function does.
      const disposed = source[Symbol.asyncDispose]();
      try {
        expectEqual(codeOf(await call), "SOURCE_UNAVAILABLE", "code of the error");
      } finally {
        end.resolve();
        await disposed;
      }
    },
  },
];
