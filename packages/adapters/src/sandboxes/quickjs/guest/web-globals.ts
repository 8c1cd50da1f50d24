import { Object } from "./builtins.ts";
import { AbortController, AbortSignal } from "./abort.ts";
import { atob, btoa } from "./base64.ts";
import { Blob, File } from "./blob.ts";
import { Buffer } from "./buffer.ts";
import { crypto } from "./crypto.ts";
import { DOMException } from "./dom-exception.ts";
import { CustomEvent, Event, EventTarget } from "./events.ts";
import { fetch } from "./fetch.ts";
import { FormData } from "./form-data.ts";
import { Headers } from "./headers.ts";
import { Intl } from "./intl.ts";
import { defineGlobal } from "./intrinsics.ts";
import { performance } from "./performance.ts";
import { Request } from "./request.ts";
import { Response } from "./response.ts";
import { structuredClone } from "./structured-clone.ts";
import { TextDecoder, TextEncoder } from "./text-encoding.ts";
import { clearTimer, queueMicrotask, setInterval, setTimeout } from "./timers.ts";
import { URLSearchParams } from "./url-search-params.ts";
import { URL } from "./url.ts";

const webGlobals: Readonly<Record<string, unknown>> = {
  AbortController,
  AbortSignal,
  Blob,
  Buffer,
  CustomEvent,
  DOMException,
  Event,
  EventTarget,
  File,
  FormData,
  Headers,
  Intl,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearInterval: clearTimer,
  clearTimeout: clearTimer,
  crypto,
  fetch,
  performance,
  queueMicrotask,
  setInterval,
  setTimeout,
  structuredClone,
};

/** Defines the web globals; code may re-assign and re-declare each of them. */
export function defineWebGlobals(): void {
  for (const [name, value] of Object.entries(webGlobals)) defineGlobal(name, value);
}
