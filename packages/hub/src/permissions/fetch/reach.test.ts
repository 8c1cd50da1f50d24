import { isSmoltoolsError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { Reach } from "./reach.ts";

const judge = (hosts: string[], url: string, more: { methods?: string[]; privateAddresses?: string[] } = {}) =>
  new Reach({ hosts, ...more }).judge(new URL(url), "GET");
const outcome = (work: () => void) => {
  try {
    work();
    return "reached";
  } catch (error) {
    return isSmoltoolsError(error) ? error.code : error;
  }
};
const isDenied = expect.objectContaining({ code: "PERMISSION_DENIED" });

describe("what can be reached", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://127.0.0.1./",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://192.0.0.192/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
  ])("is not %s, even where every host is permitted", (url) => {
    expect(() => judge(["*", "*:80"], url)).toThrow(isDenied);
    expect(() => judge(["*", "*:80"], url)).toThrow("private address");
  });

  it.each(["https://1.1.1.1/", "http://[2606:4700:4700::1111]/", "http://134744072/"])(
    "is %s where every host is permitted",
    (url) => {
      expect(() => judge(["*", "*:80"], url)).not.toThrow();
    },
  );

  it.each([
    "file:///etc/passwd",
    "data:text/plain,x",
    "ftp://a.example.org/",
    "blob:https://a.example.org/1",
    "ws://a/",
  ])("is not %s", (url) => {
    expect(() => judge(["*", "*:80", "a.example.org"], url)).toThrow("only https: and http: can be");
  });

  it.each<[boolean, string[], string, string[]?]>([
    [true, ["127.0.0.1:8080"], "http://127.0.0.1:8080/"],
    [true, ["127.0.0.1:8080"], "http://2130706433:8080/"],
    [false, ["127.0.0.1:8080", "*"], "https://127.0.0.1/"],
    [false, ["127.0.0.1:8080"], "http://127.0.0.2:8080/"],
    [true, ["[::1]:8080"], "http://[::1]:8080/"],
    [false, ["127.0.0.1:8080"], "http://[::ffff:127.0.0.1]:8080/"],
    [true, ["localhost:3000"], "http://localhost:3000/"],
    [true, ["localhost:3000"], "http://localhost.:3000/"],
    [false, ["localhost:3000", "*"], "https://localhost/"],
    [false, ["localhost:3000"], "http://127.0.0.1:3000/"],
    [true, ["*:80"], "http://10.1.2.3/", ["10.0.0.0/8"]],
    [true, ["*:80"], "http://[fd12::1]/", ["fd00::/8"]],
    [false, ["*:80"], "http://11.1.2.3:8080/", ["10.0.0.0/8"]],
    [false, ["*:80"], "http://192.168.0.1/", ["10.0.0.0/8", "192.168.0.2"]],
    [false, ["a.example.org"], "http://10.1.2.3/", ["10.0.0.0/8"]],
  ])("holds %s: %j grants %s", (reachable, hosts, url, privateAddresses = []) => {
    expect(outcome(() => judge(hosts, url, { privateAddresses }))).toBe(reachable ? "reached" : "PERMISSION_DENIED");
  });

  it.each<[boolean, hostname: string, addresses: string[], granted?: string[]]>([
    [true, "a.example.org", ["1.1.1.1", "2606:4700:4700::1111"]],
    [false, "a.example.org", ["127.0.0.1"]],
    [false, "a.example.org", ["1.1.1.1", "10.0.0.1"]],
    [false, "a.example.org", ["1.1.1.1", "::ffff:10.0.0.1"]],
    [false, "a.example.org", ["fe80::1%eth0"]],
    [false, "a.example.org", ["nonsense"]],
    [true, "a.example.org", ["10.0.0.1"], ["10.0.0.1"]],
    [false, "a.example.org", ["10.0.0.2"], ["10.0.0.1"]],
    [true, "localhost", ["127.0.0.1", "::1"]],
    [true, "localhost.", ["127.0.0.1"]],
    [false, "localhost", ["10.0.0.1"]],
    [false, "evil.localhost", ["127.0.0.1"]],
  ])("holds %s: %s may lead to %j", (reachable, hostname, addresses, privateAddresses = []) => {
    const reach = new Reach({ hosts: ["*", "localhost:80"], privateAddresses });
    const judged = outcome(() => reach.judgeAddresses(hostname, addresses));
    expect(judged).toBe(reachable ? "reached" : "PERMISSION_DENIED");
  });

  it("is limited to the methods that are named", () => {
    const reach = new Reach({ hosts: ["a.example.org"], methods: ["get", "HEAD"] });
    const url = new URL("https://a.example.org/");
    expect(() => reach.judge(url, "GET")).not.toThrow();
    expect(() => reach.judge(url, "POST")).toThrow("No permission for the method POST: permitted are GET, HEAD");
  });

  it.each(["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.1", "fd00::/129", "fe80::1%eth0", "a.example.org", "1/2/3"])(
    "cannot be granted by %j",
    (text) => {
      const make = () => new Reach({ hosts: [], privateAddresses: [text] });
      expect(make).toThrow(expect.objectContaining({ code: "PERMISSION_INVALID" }));
    },
  );
});
