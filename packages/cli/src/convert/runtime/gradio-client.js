// A small client of an app of Gradio 4 to 6, by `fetch` alone: it calls endpoints that are declared as they were when this
// package was made. https://www.gradio.app/guides/querying-gradio-apps-with-curl

import { ask, bytesOf, textOf, texts } from "./bounded-fetch.js";
import { events } from "./event-stream.js";
import { newBudget, receivedValue, sentValue, uploadForm } from "./gradio-files.js";

/** How long an app may take, in milliseconds. A sandbox may end a call before. */
const timeouts = { request: 30_000, call: 300_000 };

/** Longest text of an app in an error. */
const maxText = 4000;

/** What apps have declared since this program started. */
const declarations = new WeakMap();

/**
 * Calls an endpoint. A session of its own is made for each call: an app's states begin anew.
 *
 * @param space - Where its paths begin (`api`), and its endpoints by their names: entries of its `/info`, and the places
 *   of parameters and results among the inputs and outputs of its function, where it keeps some itself.
 * @param {string} name - With the slash: `/predict`.
 * @param {object} input
 * @param {AbortSignal} [signal]
 */
export async function callEndpoint(space, name, input, signal) {
  const app = new App(space, signal);
  if (!declarations.has(space)) declarations.set(space, await app.json("/info"));
  const endpoint = space.endpoints[name];
  checkUnchanged(space, name, declarations.get(space));
  const uploads = [];
  const values = endpoint.parameters.map(({ parameter_name: key, parameter_default: given, type }, index) => {
    const argument = key ?? `param_${index}`;
    const value = Object.hasOwn(input, argument) ? input[argument] : undefined;
    return value === undefined ? (given ?? null) : sentValue(value, type, uploads);
  });
  await app.upload(uploads);
  // What the app keeps itself, such as a state, is sent as nothing.
  const data = endpoint.inputs.map((index) => (index === null ? null : values[index]));
  const result = await app.call(name, data);
  const results = [];
  const budget = newBudget();
  for (const [index, { component }] of endpoint.returns.entries()) {
    const fetchFile = (url, maxBytes) => app.file(url, maxBytes);
    results.push(
      await receivedValue(result[endpoint.outputs[index]], component ?? "", { api: space.api, budget, fetchFile }),
    );
  }
  return results.length === 0 ? null : results.length === 1 ? results[0] : results;
}

/**
 * What an app says of itself.
 *
 * @param space - Where the app is (`base`), and the token for it.
 * @returns {Promise<{ api: string, config: object, info: object }>} - Where its paths begin, and its `/config` and
 *   `/info`.
 */
export async function describeApp({ base, ...space }, signal) {
  const config = await new App({ ...space, api: base }, signal).json("/config");
  const prefix = config?.api_prefix ?? "";
  if (!/^(?:\/[\w-]+)*$/.test(prefix)) throw new Error(`${space.name} runs a version of Gradio that is not understood`);
  const api = `${base}${prefix}`;
  return { api, config, info: await new App({ ...space, api }, signal).json("/info") };
}

/** The requests of one call. */
class App {
  #space;
  #signal;
  #headers;

  constructor(space, signal) {
    this.#space = space;
    this.#signal = signal;
    const token = this.#token();
    // Whoever refuses such a header repeats what it holds.
    if (token && /[^\x20-\x7e]/.test(token))
      throw this.#error("cannot be sent its token: it is more than one line of ASCII");
    // On hosts of Hugging Face the token goes to the proxy before the app, which keeps it from the app.
    const header = new URL(space.api).hostname.endsWith(".hf.space") ? "x-hf-authorization" : "authorization";
    this.#headers = token ? { [header]: `Bearer ${token}` } : {};
  }

  async json(path, init = {}) {
    return this.#ask(path, init, timeouts.request, async (response) => {
      const text = await textOf(response);
      try {
        return JSON.parse(text);
      } catch {
        throw this.#error(`answers ${path} with ${text.trimStart().startsWith("<") ? "a page of HTML" : "no JSON"}`);
      }
    });
  }

  /** Sends media, and writes down where they are at the app. */
  async upload(uploads) {
    if (uploads.length === 0) return;
    const paths = await this.json("/upload", { method: "POST", body: uploadForm(uploads) });
    for (const [index, { file }] of uploads.entries()) {
      if (typeof paths?.[index] !== "string") throw this.#error("answers an upload without the paths of its files");
      file.path = paths[index];
    }
  }

  /** @returns The list of the outputs. */
  async call(name, data) {
    const path = `/call/${encodeURIComponent(name.replace(/^\//, ""))}`;
    const body = JSON.stringify({ data });
    const started = await this.json(path, { method: "POST", headers: { "content-type": "application/json" }, body });
    if (typeof started?.event_id !== "string") throw this.#error("does not say which call it has begun");
    const stream = `${path}/${encodeURIComponent(started.event_id)}`;
    return this.#ask(stream, {}, timeouts.call, async (response) => {
      for await (const { event, data: text } of events(texts(response))) {
        if (event === "error") throw this.#failure(parsed(text));
        if (event !== "complete") continue;
        const result = parsed(text);
        if (Array.isArray(result)) return result;
        throw this.#error(`gives no list of results for ${name}`);
      }
      throw this.#error(`ended the connection before the result of ${name} came`);
    });
  }

  /** The bytes of a file of the app; `undefined` where they are too many, or cannot be had. */
  async file(url, maxBytes) {
    try {
      return await this.#ask(url, {}, timeouts.request, (response) => bytesOf(response, maxBytes));
    } catch {
      this.#signal?.throwIfAborted();
      return undefined;
    }
  }

  #ask(path, init, timeoutMs, read) {
    const { name, api } = this.#space;
    const url = path.startsWith("/") ? `${api}${path}` : path;
    const what = `${name}: ${path}`;
    const headers = { ...init.headers, ...this.#headers };
    // A redirect would take the token along.
    const redirect = this.#token() ? "error" : "follow";
    return ask(url, { ...init, redirect, headers, what, timeoutMs, signal: this.#signal }, async (response) => {
      await this.#check(response, path);
      return read(response);
    });
  }

  async #check(response, path) {
    const { ok, status } = response;
    if (ok) return;
    if (status === 401 || status === 403) throw this.#error(this.#unauthorised());
    const said = await textOf(response).catch(() => "");
    const isPage = said.trimStart().startsWith("<");
    const sleeps =
      isPage || status === 404 ? ": does it sleep, is it paused, or has it changed? Visit it to wake it up" : "";
    throw this.#error(
      `answers ${path} with HTTP ${status}${sleeps || (said && `: ${clean(this.#redacted(said)).slice(0, 500)}`)}`,
    );
  }

  #unauthorised() {
    const { tokenVariable: name } = this.#space;
    if (name === undefined)
      return "is private, and this package was made without a token: smoltools convert --env HF_TOKEN";
    return this.#token() ? `refuses the token in ${name}` : `wants a token: set the variable ${name}`;
  }

  #failure(said) {
    // Before it is cut, too: half a token is a secret as well.
    const text = clean(this.#redacted(String(typeof said === "string" ? said : (said?.error ?? said?.message ?? ""))));
    // Apps of Gradio 4 and 5 tell the reason to their own page alone.
    return new Error(this.#redacted(text) || "its app does not say why");
  }

  #error(what) {
    return new Error(`${this.#space.name} ${this.#redacted(what)}`);
  }

  #redacted(text) {
    const token = this.#token();
    return token ? text.replaceAll(token, "***") : text;
  }

  #token() {
    const { token, tokenVariable } = this.#space;
    return (token ?? (tokenVariable === undefined ? undefined : globalThis.process?.env?.[tokenVariable]))?.trim();
  }
}

function checkUnchanged({ name: space, endpoints }, name, info) {
  const made = endpoints[name];
  const named = info?.named_endpoints;
  const now = Object.hasOwn(named ?? {}, name) ? named[name] : undefined;
  const changed =
    now && ["parameters", "returns"].filter((part) => canonical(now[part], part) !== canonical(made[part], part));
  if (changed?.length === 0) return;
  const what = now ? `declares its endpoint ${name} in another way than` : `has no endpoint ${name}, as it had`;
  const which = now ? `: its ${changed.join(" and its ")}` : "";
  throw new Error(
    `${space} ${what} when this package was made${which}. A newer version of the package may know it; its author makes ` +
      "it anew with smoltools convert space … --update",
  );
}

/** What of an endpoint's declaration is compared: not its defaults, which are sent as they were. */
function canonical(entries, part) {
  const list = Array.isArray(entries) ? entries : [];
  const compared = list.map(({ parameter_name: key, parameter_has_default: isOptional, component, type }) =>
    part === "parameters" ? [key, isOptional === true, component, type] : [component, type],
  );
  return JSON.stringify(compared, (_key, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** Errors of Gradio are shown in pages: what is marked up there is read by models here. */
function clean(said) {
  return String(said)
    .slice(0, maxText)
    .replace(/<[^<>]{0,1000}>/g, "")
    .replace(/[^\n\t\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
