import type { SandboxProvider } from "@smoltools/core";

let quickjs: Promise<SandboxProvider> | undefined;

/**
 * The sandbox that is used where none is named: QuickJS, which needs nothing installed.
 *
 * One provider serves the whole process, so that its warm workers are shared; it is loaded by the first use.
 */
export const defaultSandbox: SandboxProvider = {
  name: "quickjs",
  language: "javascript",
  async create(options) {
    quickjs ??= import("@smoltools/adapters/sandboxes/quickjs").then((adapter) => adapter.quickjs());
    return (await quickjs).create(options);
  },
};
