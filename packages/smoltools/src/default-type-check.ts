import { type CodeCheck, type CodeChecker, isSmoltoolsError } from "@smoltools/core";

let shared: Promise<CodeChecker> | undefined;

const noCheck: CodeCheck = {
  findings: () => [],
  define: () => undefined,
  ran: () => undefined,
  forget: () => undefined,
  [Symbol.dispose]: () => undefined,
};

/**
 * The type check that code agents have where none is named: with TypeScript 7 where that is installed, else none.
 *
 * One checker serves the whole process, so that all conversations share its TypeScript; it is loaded by the first use.
 */
export const defaultTypeCheck: CodeChecker = {
  language: "javascript",
  async open(scope, options) {
    shared ??= import("@smoltools/adapters/type-check").then((adapter) => adapter.typeCheck());
    try {
      return await (await shared).open(scope, options);
    } catch (error) {
      if (isSmoltoolsError(error, "ADAPTER_PEER_MISSING") || isSmoltoolsError(error, "ADAPTER_PEER_BROKEN")) {
        return noCheck;
      }
      throw error;
    }
  },
};
