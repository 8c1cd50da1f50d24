// The public API of @smoltools/core/testing: stand-ins and contracts for tests. Named exports only.
// Its types name `AsyncDisposable`, which the library of ES2022 lacks:
/// <reference lib="esnext.disposable" preserve="true" />

export type { HostileReach, HostileTarget } from "./hostile/hostile-target.ts";
export type { HostileMeasurement } from "./hostile/run-hostile-program.ts";
export { testHostileCode, type TestHostileCodeOptions } from "./hostile/test-hostile-code.ts";
export { type ScriptedAnswer, type ScriptedCall, ScriptedModel, type ScriptedReply } from "./scripted-model.ts";
export { testModel, type TestModelOptions } from "./test-model.ts";
export { testSandbox, type TestSandboxOptions } from "./test-sandbox.ts";
export type { OfferTools, SourceFixture } from "./tool-source/source-fixture.ts";
export { testToolSource, type TestToolSourceOptions } from "./tool-source/test-tool-source.ts";
