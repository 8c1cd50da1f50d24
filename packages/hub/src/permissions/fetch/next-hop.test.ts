import { describe, expect, it } from "vitest";
import type { Hop } from "./guest-request.ts";
import { nextHop } from "./next-hop.ts";

const from = "https://a.example.org/dir/page?q=1#part";
const hop = (change: Partial<Hop> = {}): Hop => ({
  url: new URL(from),
  method: "GET",
  headers: new Headers(),
  body: undefined,
  ...change,
});

describe("a redirect", () => {
  it.each<[location: string, to: string]>([
    ["https://b.example.org/", "https://b.example.org/#part"],
    ["//b.example.org:8443/x", "https://b.example.org:8443/x#part"],
    ["/root", "https://a.example.org/root#part"],
    ["next?x", "https://a.example.org/dir/next?x#part"],
    ["?x#other", "https://a.example.org/dir/page?x#other"],
    ["", "https://a.example.org/dir/page?q=1#part"],
    ["\thttps://b.example.org ", "https://b.example.org/#part"],
    ["file:///etc/passwd", "file:///etc/passwd#part"],
    ["data:text/plain,x", "data:text/plain,x#part"],
  ])("to %j leads to %s", (location, to) => {
    expect(nextHop(hop(), 302, location)?.url.href).toBe(to);
  });

  it.each<[status: number, method: string, then: string, withBody: boolean]>([
    [301, "GET", "GET", false],
    [301, "HEAD", "HEAD", false],
    [301, "POST", "GET", false],
    [302, "POST", "GET", false],
    [301, "PUT", "PUT", true],
    [302, "DELETE", "DELETE", true],
    [303, "POST", "GET", false],
    [303, "PUT", "GET", false],
    [303, "HEAD", "HEAD", false],
    [307, "POST", "POST", true],
    [308, "PATCH", "PATCH", true],
  ])("with %d makes of %s a %s, with a body: %s", (status, method, then, withBody) => {
    const body = method === "GET" || method === "HEAD" ? undefined : Buffer.from("x");
    const headers = new Headers({ "content-type": "text/plain", "content-encoding": "gzip", accept: "*/*" });
    const next = nextHop(hop({ method, body, headers }), status, "/");
    expect(next).toMatchObject({ method: then, body: withBody ? body : undefined });
    const becameGet = then !== method;
    const kept = becameGet ? ["accept"] : ["accept", "content-encoding", "content-type"];
    expect([...(next?.headers.keys() ?? [])]).toEqual(kept);
  });

  it.each<[status: number, location: string | null]>([
    [200, "/"],
    [201, "/"],
    [300, "/"],
    [304, "/"],
    [305, "/"],
    [306, "/"],
    [302, null],
  ])("is none with status %d and location %j", (status, location) => {
    expect(nextHop(hop(), status, location)).toBeUndefined();
  });

  it.each([
    ["http://[nonsense", "no address"],
    ["https://user:password@b.example.org/", "user and password"],
    ["http://a.example.org/", "unencrypted"],
    ["http://b.example.org/", "unencrypted"],
  ])("to %s is not followed", (location, why) => {
    expect(() => nextHop(hop(), 302, location)).toThrow(why);
    expect(() => nextHop(hop(), 302, location)).toThrow(expect.objectContaining({ code: "FETCH_REDIRECT" }));
  });

  it("may lead from http: to https:", () => {
    const next = nextHop(hop({ url: new URL("http://a.example.org/") }), 301, "https://a.example.org/");
    expect(next?.url.href).toBe("https://a.example.org/");
  });

  it.each([
    ["to another host", "https://b.example.org/", false],
    ["to another port", "https://a.example.org:8443/", false],
    ["to a name below it", "https://x.a.example.org/", false],
    ["to the same origin", "/other", true],
    ["to the same origin, written out", "https://A.example.org:443/other", true],
  ])("%s (%s) takes keys along: %s", (_what, location, follows) => {
    const keys = ["authorization", "cookie", "referer", "x-api-key", "x-subscription-token", "x-pass"];
    const headers = new Headers(keys.map((name) => [name, "secret"]));
    headers.set("accept", "text/html");
    const next = nextHop(hop({ headers }), 307, location);
    expect([...(next?.headers.keys() ?? [])]).toEqual(follows ? ["accept", ...keys].sort() : ["accept"]);
    expect([...headers.keys()]).toHaveLength(7);
  });
});
