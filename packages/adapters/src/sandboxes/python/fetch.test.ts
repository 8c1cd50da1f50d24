import type { HostFetch, HostFetchRequest } from "@smoltools/core";
import { beforeEach, describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

let seen: HostFetchRequest[] = [];
beforeEach(() => {
  seen = [];
});

const fetch: HostFetch = async (request) => {
  seen.push(request);
  const { url } = request;
  if (url.includes("refused")) throw new Error("refused.example is not allowed");
  const status = Number(/\/(\d+)$/.exec(url)?.[1] ?? 200);
  const body = Buffer.from('{"say":"é"}').toString("base64");
  return { url, status, statusText: "Said", headers: [["Content-Type", "application/json; charset=utf-8"]], body };
};

const { run, value } = sharedSandbox({}, { fetch });

/** What was asked for: method, address, headers, and the body if there is one. */
function sent(): unknown {
  return seen.map(({ url, method, headers, body }) => {
    const named = Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), text]));
    const request: unknown[] = [method, url, named];
    if (body !== undefined) request.push(Buffer.from(body, "base64").toString());
    return request;
  });
}

describe("fetch", () => {
  test("gives status, headers and body", async () => {
    const code =
      "r = fetch('https://a.example/')\n[r.status, r.ok, r.headers['content-type'][:16], r.text(), r.json(), len(r.body)]";
    expect(await value(code)).toEqual([200, true, "application/json", '{"say":"é"}', { say: "é" }, 12]);
  });

  test("sends what it is given", async () => {
    await value(
      "fetch('https://a.example/', method='put', headers={'X-A': 'b'}, body=b'c')\nfetch('https://a.example/', 'POST', body=[1])",
    );
    expect(sent()).toEqual([
      ["PUT", "https://a.example/", { "x-a": "b" }, "c"],
      ["POST", "https://a.example/", { "content-type": "application/json" }, "[1]"],
    ]);
  });
});

describe("requests", () => {
  test.each<[what: string, code: string, request: unknown]>([
    [
      "get with parameters",
      "get('https://a.example/?x=1', params={'q': 'a b', 'none': None}, timeout=5)",
      ["GET", "https://a.example/?x=1&q=a+b", {}],
    ],
    [
      "post a form",
      "post('https://a.example/', data={'a': 'b c'})",
      ["POST", "https://a.example/", { "content-type": "application/x-www-form-urlencoded" }, "a=b+c"],
    ],
    [
      "post JSON",
      "post('https://a.example/', json={'a': [1]})",
      ["POST", "https://a.example/", { "content-type": "application/json" }, '{"a": [1]}'],
    ],
    [
      "send a user",
      "get('https://a.example/', auth=('me', 'secret'))",
      ["GET", "https://a.example/", { authorization: "Basic bWU6c2VjcmV0" }],
    ],
    ["send cookies", "get('https://a.example/', cookies={'a': 'b'})", ["GET", "https://a.example/", { cookie: "a=b" }]],
    ["delete", "delete('https://a.example/')", ["DELETE", "https://a.example/", {}]],
  ])("can %s", async (_what, code, request) => {
    await value(`import requests\nrequests.${code}\nNone`);
    expect(sent()).toEqual([request]);
  });

  test("shares headers and parameters in a session", async () => {
    const code =
      "import requests\nwith requests.Session() as s:\n  s.headers.update({'X-A': 'b'})\n  s.params = {'k': '1'}\n  ok = s.get('https://a.example/', params={'q': '2'}).ok\nok";
    expect(await value(code)).toBe(true);
    expect(sent()).toEqual([["GET", "https://a.example/?k=1&q=2", { "x-a": "b" }]]);
  });

  test("gives responses like the library's", async () => {
    const code =
      "import requests\nr = requests.get('https://a.example/')\n[r.status_code, r.reason, r.text, r.json()['say'], r.content[:1] == b'{', r.headers.get('CONTENT-TYPE'), bool(r), r.encoding, len(list(r.iter_lines()))]";
    expect(await value(code)).toEqual([
      200,
      "Said",
      '{"say":"é"}',
      "é",
      true,
      "application/json; charset=utf-8",
      true,
      "utf-8",
      1,
    ]);
  });

  test("does not follow redirects where it is told not to, nor those of head", async () => {
    const code =
      "import requests\nr = requests.get('https://a.example/302', allow_redirects=False)\nrequests.head('https://a.example/')\nrequests.Session().head('https://a.example/', allow_redirects=True)\n[r.status_code, r.is_redirect]";
    expect(await value(code)).toEqual([302, false]);
    expect(seen.map(({ redirect }: HostFetchRequest & { redirect?: string }) => redirect)).toEqual([
      "manual",
      "manual",
      undefined,
    ]);
  });

  test("raises for a status that tells of an error", async () => {
    const code =
      "import requests\ntry: requests.get('https://a.example/404').raise_for_status()\nexcept requests.exceptions.RequestException as e: seen = [type(e).__name__, e.response.status_code, str(e)]\nseen";
    expect(await value(code)).toEqual(["HTTPError", 404, "404 Client Error: Said for url: https://a.example/404"]);
  });

  test("raises a connection error where the host refuses", async () => {
    const code =
      "import requests\ntry: requests.get('https://refused.example/')\nexcept requests.ConnectionError as e: seen = str(e)\nseen";
    expect(await value(code)).toBe("refused.example is not allowed");
  });
});

describe("urllib.request", () => {
  test("opens addresses through the host", async () => {
    const code =
      "from urllib.request import Request, urlopen\nwith urlopen(Request('https://a.example/', data=b'a=b', headers={'X-A': 'b'})) as f: seen = [f.status, f.read().decode(), f.headers['content-type'], f.geturl()]\nseen";
    expect(await value(code)).toEqual([200, '{"say":"é"}', "application/json; charset=utf-8", "https://a.example/"]);
    expect(sent()).toEqual([
      ["POST", "https://a.example/", { "x-a": "b", "content-type": "application/x-www-form-urlencoded" }, "a=b"],
    ]);
  });

  test.each([
    ["a status that tells of an error", "https://a.example/404", "HTTPError"],
    ["a refusal of the host", "https://refused.example/", "URLError"],
    ["files", "file:///etc/passwd", "URLError"],
  ])("raises for %s", async (_what, url, name) => {
    expect((await run(`import urllib.request\nurllib.request.urlopen('${url}')`)).error?.name).toBe(name);
  });
});

describe("without fetch", () => {
  const without = sharedSandbox();

  test.each(["requests", "urllib.request"])("%s cannot be imported, and the error says why", async (name) => {
    expect((await without.run(`import ${name}`)).error?.message).toMatch(/no network.*no fetch/);
  });
});
