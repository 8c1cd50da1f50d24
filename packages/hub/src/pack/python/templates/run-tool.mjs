// Runs one call of a tool: `node --input-type=module -e <this text>`.
//
// Standard input has one line of JSON, { v: 1, tool, inputs, hosts }, and behind it the source of the package's bundle,
// which whoever started this has verified. Standard output gets one line of JSON: { ok: true, result } or
// { ok: false, error: { type, message } }. What the tool prints goes to standard error.
import { Buffer } from "node:buffer";
import process from "node:process";

const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const given = Buffer.concat(chunks);
const end = given.indexOf("\n");
const { tool, inputs, hosts } = JSON.parse(given.subarray(0, end).toString());
const bundle = `data:text/javascript;base64,${given.subarray(end + 1).toString("base64")}`;

const nodeFetch = globalThis.fetch;
const mostHops = 20;

// Holds the tool to the hosts that its package declares, at every redirect as well. Node.js has other ways to the
// network: this finds mistakes, and keeps nobody in.
globalThis.fetch = async function fetch(input, init) {
  let request = new Request(input, init);
  for (let hops = 0; hops <= mostHops; hops++) {
    const url = new URL(request.url);
    if (!hosts.some((declared) => covers(declared, url))) {
      throw new TypeError(`fetch: the package does not declare the host ${url.host}`);
    }
    if (request.redirect !== "follow") return nodeFetch(request);
    const spare = request.body === null ? request : request.clone();
    const response = await nodeFetch(request, { redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    request = nextRequest(spare, response.status, new URL(location, url));
  }
  throw new TypeError(`fetch: more than ${mostHops} redirects`);
};

// They say what is asked for, not who asks: all others stay with the origin that they were meant for.
const harmless =
  /^(?:accept(?:-language)?|cache-control|content-(?:encoding|language|length|location|type)|if-(?:modified-since|none-match)|pragma|range|user-agent)$/;

function nextRequest({ url, method, headers, body, signal }, status, next) {
  const becomesGet = (status === 303 && method !== "HEAD") || (status < 303 && method === "POST");
  const own = new Headers(headers);
  const isForeign = next.origin !== new URL(url).origin;
  for (const name of headers.keys()) {
    const isLost = (becomesGet && name.startsWith("content-")) || (isForeign && !harmless.test(name));
    if (isLost) own.delete(name);
  }
  const sent = becomesGet || body === null ? {} : { body, duplex: "half" };
  return new Request(next, { method: becomesGet ? "GET" : method, headers: own, signal, ...sent });
}

/** `name` stands for port 443 of `https:` alone, `name:port` for that port, `*.name` for all names below it. */
function covers(declared, { protocol, hostname, port }) {
  const [, name, declaredPort] = /^(.*?)(?::(\d+))?$/.exec(declared);
  const isSecure = protocol === "https:";
  if (!isSecure && (protocol !== "http:" || declaredPort === undefined)) return false;
  if ((declaredPort ?? "443") !== (port || (isSecure ? "443" : "80"))) return false;
  const host = hostname.replace(/\.$/, "");
  return name.startsWith("*.") ? host.endsWith(name.slice(1)) && host.length >= name.length : host === name;
}

/** Messages of the module loader name the whole bundle. */
const readable = (text) => String(text).replaceAll(bundle, "tool.mjs").slice(0, 4000);

let reply;
try {
  const { tools } = await import(bundle);
  const result = await tools[tool](inputs);
  reply = JSON.stringify({ ok: true, result: result === undefined ? null : result });
} catch (error) {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: error };
  reply = JSON.stringify({ ok: false, error: { type: readable(name), message: readable(message) } });
}
answer(`${reply}\n`, () => process.exit(0));
