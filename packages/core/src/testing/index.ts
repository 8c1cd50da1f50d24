// The public API of @smoltools/core/testing: stand-ins and contracts for tests. Named exports only.

export { type ScriptedAnswer, type ScriptedCall, ScriptedModel, type ScriptedReply } from "./scripted-model.ts";
export { testModel, type TestModelOptions } from "./test-model.ts";
export { testSandbox, type TestSandboxOptions } from "./test-sandbox.ts";
