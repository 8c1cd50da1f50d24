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
    ...["SHA-1", "sha-256", "SHA-384", "SHA-512"].map(
      (name) => `[...new Uint8Array(await crypto.subtle.digest("${name}", new TextEncoder().encode("aé€😀")))]`,
    ),
    `[...new Uint8Array(await crypto.subtle.digest({ name: "SHA-256" }, new Uint16Array([1, 2, 3]).subarray(1)))]`,
    `(await crypto.subtle.digest("SHA-1", new ArrayBuffer(0))).byteLength`,
    `await crypto.subtle.digest("MD5", new Uint8Array(1))`,
    `await crypto.subtle.digest("SHA-1", "text")`,
  ],
  Blob: [
    `await new Blob(["aé", new Uint8Array([98]), new Uint8Array([1, 99, 1]).subarray(1, 2), new Blob(["d"])]).text()`,
    `[new Blob(["aé"]).size, new Blob(["a"], { type: "Text/Plain" }).type, new Blob(["a"], { type: "ü" }).type, new Blob().size]`,
    `await (async () => { const b = new Blob(["abcdef"], { type: "a/b" }); const s = b.slice(1, -1, "c/d"); return [await s.text(), s.type, b.slice(2).type, b.slice(-2).size]; })()`,
    `[...new Uint8Array(await new Blob([new Uint8Array([0, 255])]).arrayBuffer())]`,
    `await (async () => { const bytes = new Uint8Array([97]); const b = new Blob([bytes]); bytes[0] = 98; return b.text(); })()`,
    `Object.prototype.toString.call(new Blob())`,
    `new Blob("text")`,
    `await new Blob([1, null, { a: 1 }]).text()`,
    `(() => { const f = new File(["a"], "n.txt", { type: "a/b", lastModified: 5 }); return [f.name, f.type, f.lastModified, f.size, f instanceof Blob, Object.prototype.toString.call(f)]; })()`,
    `await structuredClone(new Blob(["a"])).text()`,
  ],
  FormData: [
    `(() => { const f = new FormData(); f.append("a", 1); f.append("b", "x"); f.append("a", "2"); f.set("b", "y"); f.set("c", "z"); return [...f, f.get("a"), f.getAll("a"), f.has("z"), f.get("z"), [...f.keys()], [...f.values()]]; })()`,
    `(() => { const f = new FormData(); f.append("a", "1"); f.append("b", "2"); f.append("a", "3"); f.set("a", "4"); f.delete("b"); return [...f]; })()`,
    `(() => { const f = new FormData(); f.append("a", new Blob(["x"], { type: "a/b" })); f.append("b", new File(["y"], "y.txt"), "z.txt"); f.append("c", new File(["y"], "y.txt")); return [...f].map(([k, v]) => [k, v instanceof File, v.name, v.type]); })()`,
    `new FormData().append("a", "b", "c")`,
    `(() => { const seen = []; const f = new FormData(); f.append("a", "1"); f.forEach((v, k, o) => seen.push(k, v, o === f)); return seen; })()`,
    `Object.prototype.toString.call(new FormData())`,
  ],
  Buffer: [
    ...["utf8", "utf-8", "hex", "base64", "base64url", "latin1", "binary", "ascii", "utf16le", "ucs2", "UTF8"].map(
      (encoding) =>
        `[Buffer.from("abcd12-_", "${encoding}").toString("hex"), Buffer.from([1, 200, 255, 98]).toString("${encoding}")]`,
    ),
    `[...Buffer.from("aé€😀")]`,
    `[Buffer.from([1, 256, -1]).toString("hex"), Buffer.from(new Uint8Array([1, 2])).toString("hex"), Buffer.from("").length]`,
    `(() => { const b = new Uint8Array([1, 2, 3, 4]).buffer; const s = Buffer.from(b, 1, 2); s[0] = 9; return [s.length, new Uint8Array(b)[1], Buffer.from(b, 3).length]; })()`,
    `(() => { const u = new Uint8Array([1, 2]); const b = Buffer.from(u); b[0] = 9; return u[0]; })()`,
    `(() => { const b = Buffer.from("abcdef"); const s = b.slice(1, 3); s[0] = 120; const t = b.subarray(-2); return [b.toString(), s.toString(), t.toString(), Buffer.isBuffer(s), Buffer.isBuffer(t)]; })()`,
    `Buffer.from("abcdef").toString("utf8", 1, 3)`,
    `Buffer.from(Buffer.from("ab").toJSON()).toString()`,
    `JSON.stringify(Buffer.from("ab"))`,
    `[Buffer.alloc(3).toString("hex"), Buffer.alloc(3, 7).toString("hex"), Buffer.alloc(5, "ab").toString(), Buffer.allocUnsafe(4).length]`,
    `[Buffer.concat([Buffer.from("a"), new Uint8Array([98])]).toString(), Buffer.concat([Buffer.from("abc")], 2).toString(), Buffer.concat([Buffer.from("a")], 3).toString("hex"), Buffer.concat([]).length]`,
    `[Buffer.byteLength("é€"), Buffer.byteLength("abcd", "hex"), Buffer.byteLength(new ArrayBuffer(5))]`,
    `[Buffer.from("a").equals(new Uint8Array([97])), Buffer.from("a").equals(Buffer.from("ab")), Buffer.compare(Buffer.from("a"), Buffer.from("b")), Buffer.from("b").compare(Buffer.from("a"))]`,
    `[Buffer.isBuffer(new Uint8Array(1)), Buffer.isBuffer(Buffer.alloc(0)), Buffer.isBuffer(null), Buffer.isEncoding("HEX"), Buffer.isEncoding("nope"), Buffer.isEncoding(1)]`,
    `(() => { const t = Buffer.alloc(4); return [Buffer.from("abcdef").copy(t, 1, 2), t.toString("latin1"), Buffer.from("xy").copy(t), t.toString("latin1")]; })()`,
    `[Buffer.from("a") instanceof Uint8Array, Buffer.from("abc").map((b) => b + 1).toString(), Buffer.isBuffer(Buffer.from("abc").filter((b) => b > 97))]`,
    `Buffer.from("a", "nope")`,
    `Buffer.from(1)`,
    `Buffer.from(null)`,
    `[...Buffer.from([1, 2, 3]).entries()]`,
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
    `await (async () => { const f = new FormData(); f.append("a", "1"); const r = new Request("https://x.org", { method: "POST", body: f }); return [r.headers.get("content-type").split(";")[0], [...await r.formData()]]; })()`,
    `(() => { const r = new Request("https://x.org", { method: "POST", body: new Blob(["x"], { type: "a/b" }) }); return r.headers.get("content-type"); })()`,
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
    `await (async () => { const b = await new Response("é", { headers: { "content-type": "Text/X" } }).blob(); return [b.size, b.type]; })()`,
    `await (async () => { const r = new Response(new Blob(["x"], { type: "a/b" })); return [r.headers.get("content-type"), await r.text()]; })()`,
    `[...await new Response(new URLSearchParams("a=1&b=%20&a=2")).formData()]`,
    `await (async () => { const f = new FormData(); f.append('q"u\\r\\nx', "line 1\\nline 2"); f.append("ü", "€"); f.append("f", new File([new Uint8Array([0, 13, 10, 45, 45, 255])], 'n"ä.bin', { type: "a/b" })); f.append("e", ""); const back = await new Response(f).formData(); const file = back.get("f"); return [[...back.keys()], back.get("ü"), [...back.values()][0], file.name, file.type, [...new Uint8Array(await file.arrayBuffer())], back.get("e")]; })()`,
    `[...await new Response(new FormData()).formData()]`,
    `await new Response("x", { headers: { "content-type": "multipart/form-data; boundary=b" } }).formData()`,
    `await new Response("--b\\r\\nno: head\\r\\n\\r\\nx\\r\\n--b--", { headers: { "content-type": "multipart/form-data; boundary=b" } }).formData()`,
    `[...await new Response('--b\\r\\nContent-Disposition: form-data; name="a"\\r\\n\\r\\nx\\r\\n--b--\\r\\n', { headers: { "content-type": 'multipart/form-data; boundary="b"' } }).formData()]`,
    `await new Response("x").formData()`,
  ],
};

for (const [name, list] of Object.entries(expressions)) {
  describe(`${name} inside behaves as in Node`, () => {
    test.each(list)("%s", async (expression) => {
      expect(await inside(expression)).toEqual(await inNode(expression));
    });
  });
}

test.each([
  "process",
  "require",
  "global",
  "window",
  "self",
  "WebAssembly",
  "Atomics",
  "Worker",
  "ReadableStream",
  "TextDecoderStream",
  "XMLHttpRequest",
  "WebSocket",
  "navigator",
  "localStorage",
])("there is no %s", async (name) => {
  expect(await inside(`typeof ${name}`)).toEqual({ value: "undefined" });
});

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
