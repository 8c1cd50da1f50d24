import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import type { GuestSettings, Host } from "../guest/host.ts";
import type { Guest } from "../guest/main.ts";
import type { GuestValues } from "./guest-values.ts";
import { guestModuleName } from "./module-loader.ts";
import { bytesService, decodeService, textService } from "./services.ts";

/** The part of the guest's {@link Host} that concerns the run in progress. */
export type RunHost = Pick<Host, "call" | "cancel" | "print" | "succeed" | "fail" | "answer" | "wake">;

/** The functions of the guest, ready to be called. */
export type GuestHandles = Readonly<Record<keyof Guest, QuickJSHandle>>;

/**
 * Evaluates the guest's modules in a new context and connects them with the worker.
 *
 * Everything crosses as texts, numbers and bytes: neither side ever holds an object of the other.
 */
export function connectGuest(
  context: QuickJSContext,
  values: GuestValues,
  settings: GuestSettings,
  runHost: RunHost,
): GuestHandles {
  // Evaluated by name it would be another instance of a module that others have imported.
  const load = (name: string): QuickJSHandle => {
    const code = `export * from "./${name}.js"`;
    return context.unwrapResult(context.evalCode(code, guestModuleName("load"), { type: "module" }));
  };
  using host = context.newObject();
  const offer = (name: keyof Host, work: (...args: QuickJSHandle[]) => QuickJSHandle | undefined): void => {
    context.newFunction(name, work).consume((handle) => context.setProp(host, name, handle));
  };
  offer("call", (id, name, args, undefinedAt) =>
    values.newText(
      runHost.call(values.number(id), values.text(name), values.text(args), values.optionalText(undefinedAt)),
    ),
  );
  offer("cancel", (id) => void runHost.cancel(values.number(id)));
  offer("print", (text) => context.newNumber(runHost.print(JSON.parse(values.text(text)))));
  offer("succeed", (json) => void runHost.succeed(values.optionalText(json)));
  offer("fail", (json) => void runHost.fail(values.text(json)));
  offer("answer", (json) => void runHost.answer(values.optionalText(json)));
  offer("wake", (delay) => void runHost.wake(values.number(delay)));
  offer("now", () => context.newNumber(performance.now()));
  offer("load", (name) => load(values.text(name)));
  offer("service", (name, input) => values.newText(textService(values.text(name), values.text(input))));
  offer("bytes", (name, input) => values.newBytes(bytesService(values.text(name), values.text(input))));
  offer("text", (name, bytes, options) =>
    values.newText(decodeService(values.text(name), values.bytes(bytes), values.text(options))),
  );
  using main = load("main");
  using boot = context.getProp(main, "boot");
  using settingsJson = values.newText(JSON.stringify(settings));
  using guest = context.unwrapResult(context.callFunction(boot, context.undefined, host, settingsJson));
  const handle = (name: keyof Guest): QuickJSHandle => context.getProp(guest, name);
  return {
    setVariable: handle("setVariable"),
    start: handle("start"),
    settle: handle("settle"),
    fireTimer: handle("fireTimer"),
    end: handle("end"),
    describe: handle("describe"),
  };
}
