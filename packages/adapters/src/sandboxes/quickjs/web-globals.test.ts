import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "@smoltools/core";
import { quickjs } from "./index.ts";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await quickjs().create();
});

afterAll(async () => {
  await sandbox.dispose();
});

type AsyncFunctionType = new (code: string) => () => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as AsyncFunctionType;

/** What the expression gives in this Node, as JSON; for errors their name. */
async function inNode(expression: string): Promise<unknown> {
  const work = new AsyncFunction(`try { return { value: ${expression} } } catch (e) { return { error: e.name } }`);
  return JSON.parse(JSON.stringify(await work())) as unknown;
}

async function inside(expression: string): Promise<unknown> {
  const { value, error } = await sandbox.run(
    `try { return { value: ${expression} } } catch (e) { return { error: e.name } }`,
  );
  return error ?? value;
}

const text = "aé€😀\u0000";

const expressions: Record<string, string[]> = {
  URL: [
    `new URL("HTTP://user:pa%20ss@EXAMPLE.org:80/a/../b c?q=1#h").href`,
    `new URL("../x", "https://example.org/a/b/c")`,
    `["origin","protocol","username","password","host","hostname","port","pathname","search","hash"].map((k) => new URL("https://u:p@h.org:8080/p?s#f")[k])`,
    `new URL("https://日本語.jp/ü").href`,
    `new URL("no url")`,
    `new URL("//x")`,
    `URL.canParse("x:y")`,
    `URL.canParse("y")`,
    `URL.canParse("y", "https://x.org")`,
    `(() => { const u = new URL("https://x.org/a?b=1"); u.pathname = "/c d"; u.searchParams.append("e", "f&g"); u.hash = "h"; u.port = "81"; u.protocol = "http"; u.host = "y.org"; return [u.href, [...u.searchParams]]; })()`,
    `(() => { const u = new URL("https://x.org/?a=1"); const p = u.searchParams; u.search = "?b=2&b=3"; return [p.getAll("b"), p === u.searchParams, p.has("a")]; })()`,
    `(() => { const u = new URL("https://x.org/?a=1"); u.searchParams.delete("a"); return u.href; })()`,
    `(() => { const u = new URL("https://x.org/"); u.href = "nope"; })()`,
    `(() => { const u = new URL("https://x.org/"); u.port = "none"; u.protocol = "custom"; return u.href; })()`,
    `JSON.stringify(new URL("https://x.org"))`,
    `String(new URL(new URL("https://x.org/a")))`,
  ],
  URLSearchParams: [
    `String(new URLSearchParams("?a=1&a=2&b=%20+c&d"))`,
    `String(new URLSearchParams({ a: "ä", b: "1 2" }))`,
    `String(new URLSearchParams([["a", "1"], ["b", 2]]))`,
    `new URLSearchParams([["a"]])`,
    `(() => { const p = new URLSearchParams("b=2&a=1&b=3"); p.sort(); p.set("b", 9); p.append("c", "x"); p.delete("a", "2"); return [...p]; })()`,
    `(() => { const p = new URLSearchParams("a=1&b=2"); return [p.get("a"), p.get("z"), p.getAll("z"), p.has("a", "2"), p.size, [...p.keys()], [...p.values()]]; })()`,
    `(() => { const seen = []; new URLSearchParams("a=1&b=2").forEach((v, k) => seen.push(k + v)); return seen; })()`,
    `String(new URLSearchParams(new URLSearchParams("a=1")))`,
    `String(new URLSearchParams([["\\ud800", "x"]]))`,
    `String(new URLSearchParams())`,
  ],
  "TextEncoder and TextDecoder": [
    `[...new TextEncoder().encode(${JSON.stringify(text)})]`,
    `[...new TextEncoder().encode()]`,
    `(() => { const b = new Uint8Array(5); return [new TextEncoder().encodeInto("aé€😀", b), [...b]]; })()`,
    `new TextDecoder().decode(new Uint8Array([97, 195, 169, 226, 130, 172]))`,
    `new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 97]))`,
    `new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 97])).length`,
    `new TextDecoder().decode(new Uint8Array([255, 97]))`,
    `new TextDecoder("utf8", { fatal: true }).decode(new Uint8Array([255]))`,
    `new TextDecoder("latin1").decode(new Uint8Array([233]))`,
    `new TextDecoder("utf-16le").decode(new Uint8Array([97, 0]))`,
    `new TextDecoder("nothing")`,
    `new TextDecoder("UTF-8").encoding`,
    `new TextDecoder().decode(new Uint8Array([0, 97, 98, 0]).subarray(1, 3))`,
    `new TextDecoder().decode(new Uint16Array([97]).buffer)`,
    `(() => { const d = new TextDecoder(); return [[240, 159], [152], [128, 97]].map((b) => d.decode(new Uint8Array(b), { stream: true })).concat(d.decode()); })()`,
    `(() => { const d = new TextDecoder(); return [d.decode(new Uint8Array([226, 130]), { stream: true }), d.decode()]; })()`,
    `new TextDecoder().decode()`,
  ],
  "atob and btoa": [
    `btoa("a\\xff")`,
    `btoa("€")`,
    `atob("YQ==")`,
    `atob(" Y Q ")`,
    `atob("a")`,
    `btoa("")`,
    `[...atob("AP8=")].map((c) => c.charCodeAt(0))`,
  ],
  structuredClone: [
    `structuredClone({ a: [1, { b: null }], d: new Date(5), u: undefined })`,
    `[...structuredClone(new Map([["a", new Set([1])]])).get("a")]`,
    `(() => { const a = { n: 1 }; a.self = a; const b = structuredClone(a); return [b !== a, b.self === b, b.n]; })()`,
    `(() => { const a = {}; const [b, c] = structuredClone([a, a]); return b === c; })()`,
    `[...structuredClone(new Uint16Array([1, 2, 3]).subarray(1))]`,
    `structuredClone(/a+/gi).flags`,
    `[structuredClone(new RangeError("x")) instanceof RangeError, structuredClone(new RangeError("x")).message]`,
    `structuredClone(() => 1)`,
    `structuredClone({ s: Symbol("s") })`,
    `structuredClone(new (class A { x = 1 })()).constructor === Object`,
    `typeof structuredClone(Object(1))`,
    `structuredClone(1n) === 1n`,
    `structuredClone([1, , 3]).length`,
  ],
  timers: [
    `await new Promise((r) => setTimeout(r, 1, "done"))`,
    `await (async () => { const seen = []; setTimeout(() => seen.push("c"), 30); setTimeout(() => seen.push("a"), 5); setTimeout(() => seen.push("b"), 5); await new Promise((r) => setTimeout(r, 60)); return seen; })()`,
    `await (async () => { const seen = []; const t = setTimeout(() => seen.push("x"), 5); clearTimeout(t); clearTimeout(undefined); await new Promise((r) => setTimeout(r, 20)); return seen; })()`,
    `await (async () => { let n = 0; await new Promise((r) => { const t = setInterval(() => { if (++n === 3) { clearInterval(t); r(); } }, 1); }); await new Promise((r) => setTimeout(r, 20)); return n; })()`,
    `await (async () => { const seen = []; setTimeout(() => seen.push("timer"), 0); queueMicrotask(() => seen.push("microtask")); seen.push("code"); await new Promise((r) => setTimeout(r, 10)); return seen; })()`,
    `await (async () => { const seen = []; setTimeout(() => { seen.push(1); queueMicrotask(() => seen.push(2)); }, 2); setTimeout(() => seen.push(3), 2); await new Promise((r) => setTimeout(r, 20)); return seen; })()`,
    `setTimeout("1")`,
    `queueMicrotask(1)`,
  ],
  "AbortController and AbortSignal": [
    `(() => { const c = new AbortController(); const seen = []; c.signal.onabort = () => seen.push("on"); c.signal.addEventListener("abort", (e) => seen.push(e.type, e.target === c.signal)); c.abort("why"); c.abort("again"); return [c.signal.aborted, c.signal.reason, seen]; })()`,
    `(() => { const c = new AbortController(); c.abort(); return [c.signal.reason.name, c.signal.reason instanceof DOMException]; })()`,
    `AbortSignal.abort(7).reason`,
    `AbortSignal.abort(new RangeError("x")).throwIfAborted()`,
    `new AbortSignal()`,
    `await new Promise((r) => { const s = AbortSignal.timeout(5); s.onabort = () => r(s.reason.name); })`,
    `(() => { const a = new AbortController(); const b = new AbortController(); const s = AbortSignal.any([a.signal, b.signal]); b.abort(2); return [s.aborted, s.reason]; })()`,
    `AbortSignal.any([AbortSignal.abort(3)]).reason`,
    `new AbortController().signal.throwIfAborted()`,
  ],
  "Event and EventTarget": [
    `(() => { const t = new EventTarget(); const seen = []; const f = () => seen.push("f"); t.addEventListener("x", f); t.addEventListener("x", f); t.addEventListener("x", { handleEvent: (e) => seen.push(e.type) }); t.addEventListener("x", () => seen.push("once"), { once: true }); t.dispatchEvent(new Event("x")); t.removeEventListener("x", f); t.dispatchEvent(new Event("x")); return seen; })()`,
    `(() => { const t = new EventTarget(); t.addEventListener("x", (e) => e.preventDefault()); return [t.dispatchEvent(new Event("x", { cancelable: true })), t.dispatchEvent(new Event("x"))]; })()`,
    `(() => { const t = new EventTarget(); const seen = []; t.addEventListener("x", (e) => { seen.push(1); e.stopImmediatePropagation(); }); t.addEventListener("x", () => seen.push(2)); t.dispatchEvent(new Event("x")); return seen; })()`,
    `new CustomEvent("x", { detail: { a: 1 } }).detail`,
    `(() => { const t = new EventTarget(); const c = new AbortController(); let n = 0; t.addEventListener("x", () => n++, { signal: c.signal }); t.dispatchEvent(new Event("x")); c.abort(); t.dispatchEvent(new Event("x")); return n; })()`,
  ],
  DOMException: [
    `[new DOMException("m", "AbortError").code, new DOMException("m").name, new DOMException("m") instanceof Error, String(new DOMException("m", "TimeoutError"))]`,
  ],
  crypto: [
    `crypto.randomUUID().length`,
    `/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())`,
    `new Set([crypto.randomUUID(), crypto.randomUUID()]).size`,
    `crypto.getRandomValues(new Uint32Array(4)).length`,
    `crypto.getRandomValues(new Uint8Array(64)).some((b) => b !== 0)`,
    `crypto.getRandomValues(new Uint8Array(65537))`,
    `crypto.getRandomValues([1])`,
  ],
  Intl: [
    `(1234567.891).toLocaleString()`,
    `(1234.5).toLocaleString("en-US", { style: "currency", currency: "USD" })`,
    `(0.256).toLocaleString("de-DE", { style: "percent", minimumFractionDigits: 1 })`,
    `(12345678901234567890n).toLocaleString("en-US")`,
    `[NaN, Infinity, -0].map((n) => n.toLocaleString("en-US"))`,
    `(1).toLocaleString("no such locale")`,
    `new Date(0).toLocaleDateString("en-GB", { timeZone: "UTC", dateStyle: "long" })`,
    `new Date(0).toLocaleString("en-US", { timeZone: "America/New_York" })`,
    `new Date(0).toLocaleTimeString("de-DE", { timeZone: "UTC" })`,
    `new Date(NaN).toLocaleDateString("en-US")`,
    `[1.5, 2].map(new Intl.NumberFormat("fr-FR", { minimumFractionDigits: 2 }).format)`,
    `Intl.NumberFormat("en").format(1e6)`,
    `new Intl.NumberFormat("en", { style: "currency" })`,
    `new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "long" }).formatToParts(new Date(0))`,
    `Intl.DateTimeFormat().resolvedOptions().timeZone`,
    `new Intl.PluralRules("en", { type: "ordinal" }).select(2)`,
    `new Intl.ListFormat("en", { type: "conjunction" }).format(["a", "b", "c"])`,
    `new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-1, "day")`,
    `["ä", "z", "a"].sort(new Intl.Collator("de").compare)`,
    `new Intl.DisplayNames("en", { type: "region" }).of("CH")`,
  ],
  performance: [
    `typeof performance.now()`,
    `performance.now() <= performance.now()`,
    `performance.timeOrigin + performance.now() - Date.now() < 1000`,
  ],
  Headers: [
    `[...new Headers({ "X-B": " 1 ", a: "2" })]`,
    `(() => { const h = new Headers([["a", "1"], ["A", "2"]]); h.append("b", "x"); h.set("b", "y"); h.delete("c"); return [h.get("a"), h.get("B"), h.has("c"), h.get("c"), [...h.keys()], [...h.values()]]; })()`,
    `(() => { const h = new Headers(); h.append("set-cookie", "a"); h.append("Set-Cookie", "b"); return [h.getSetCookie(), h.get("set-cookie"), [...h]]; })()`,
    `new Headers({ "a b": "1" })`,
    `new Headers({ a: "1\\n2" })`,
    `new Headers(new Headers({ a: "1" })).get("a")`,
  ],
  Request: [
    `(() => { const r = new Request("https://x.org/a b", { method: "post", body: "hi" }); return [r.url, r.method, r.headers.get("content-type")]; })()`,
    `await new Request("https://x.org", { method: "PUT", body: new URLSearchParams({ a: "1 2" }) }).text()`,
    `new Request("https://x.org", { body: "x" })`,
    `new Request("nope")`,
    `await new Request(new Request("https://x.org", { method: "POST", body: "x" })).text()`,
    `new Request("https://x.org", { method: "delete" }).method`,
  ],
  Response: [
    `await new Response("é").text()`,
    `await new Response('{"a":[1]}').json()`,
    `[...new Uint8Array(await new Response(new Uint8Array([1, 2])).arrayBuffer())]`,
    `(() => { const r = new Response("x", { status: 404, statusText: "No", headers: { a: "b" } }); return [r.ok, r.status, r.statusText, r.headers.get("a"), r.headers.get("content-type"), r.bodyUsed]; })()`,
    `await (async () => { const r = new Response("x"); await r.text(); return r.text(); })()`,
    `await (async () => { const r = new Response("x"); const c = r.clone(); return [await r.text(), await c.text()]; })()`,
    `await (async () => { const r = Response.json({ a: 1 }); return [r.headers.get("content-type"), await r.json()]; })()`,
    `new Response("x", { status: 99 })`,
    `await new Response(null).text()`,
  ],
};

for (const [name, list] of Object.entries(expressions)) {
  describe(`${name} inside behaves as in Node`, () => {
    test.each(list)("%s", async (expression) => {
      expect(await inside(expression)).toEqual(await inNode(expression));
    });
  });
}

test("web globals can be declared again by the code", async () => {
  await using fresh = await quickjs().create();
  const { value } = await fresh.run('const URL = "mine"; function fetch() { return 1 }\n[URL, fetch()]');
  expect(value).toEqual(["mine", 1]);
});

test("errors in timers are printed", async () => {
  const { output } = await sandbox.run(
    'setTimeout(() => { throw new Error("late") }, 1); await new Promise((r) => setTimeout(r, 20))',
  );
  expect(output).toBe("Uncaught in a timer: Error: late");
});

test("timers do not outlive their run", async () => {
  await using fresh = await quickjs().create();
  const first = await fresh.run("globalThis.late = 0; setTimeout(() => { late = 1 }, 5); 1");
  const second = await fresh.run("await new Promise((r) => setTimeout(r, 30)); late");
  expect([first.value, second.value]).toEqual([1, 0]);
});
