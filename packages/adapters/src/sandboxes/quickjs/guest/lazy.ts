import { host } from "./host.ts";
import { defineGlobal, defineProperty } from "./intrinsics.ts";

/** The web globals, by the module that makes them. Few programs use any, so each module waits for its first use. */
const modules: Readonly<Record<string, readonly string[]>> = {
  abort: ["AbortController", "AbortSignal"],
  base64: ["atob", "btoa"],
  crypto: ["crypto"],
  "dom-exception": ["DOMException"],
  events: ["CustomEvent", "Event", "EventTarget"],
  fetch: ["fetch"],
  headers: ["Headers"],
  intl: ["Intl"],
  performance: ["performance"],
  request: ["Request"],
  response: ["Response"],
  "structured-clone": ["structuredClone"],
  "text-encoding": ["TextDecoder", "TextEncoder"],
  url: ["URL"],
  "url-search-params": ["URLSearchParams"],
};

/** Defines the web globals; code may re-assign and re-declare each of them. */
export function defineLazyGlobals(): void {
  for (const [module, names] of Object.entries(modules)) {
    for (const name of names) {
      defineProperty(globalThis, name, {
        get: () => {
          const value = (host.load(module) as Record<string, unknown>)[name];
          defineGlobal(name, value);
          return value;
        },
        set: (value: unknown) => defineGlobal(name, value),
        configurable: true,
        enumerable: false,
      });
    }
  }
}
