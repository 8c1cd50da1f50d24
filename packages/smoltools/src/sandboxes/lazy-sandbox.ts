import type { CodeLanguage, SandboxProvider } from "@smoltools/core";

/** A provider that is loaded by its first use. */
export function lazySandbox(
  name: string,
  language: CodeLanguage,
  load: () => Promise<SandboxProvider>,
): SandboxProvider {
  let provider: Promise<SandboxProvider> | undefined;
  return {
    name,
    language,
    async create(options) {
      provider ??= load();
      return (await provider).create(options);
    },
  };
}
