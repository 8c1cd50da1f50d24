import { describe, expect, it } from "vitest";
import { isAllowedHost, isExplicitlyPrivate } from "./allowed-host.ts";

describe("isAllowedHost", () => {
  it.each<[boolean, string[], string]>([
    [true, ["api.example.com"], "https://api.example.com/x"],
    [true, ["api.example.com"], "https://API.example.com:443/x"],
    [true, ["api.example.com"], "https://api.example.com./x"],
    [false, ["api.example.com"], "http://api.example.com/x"],
    [false, ["api.example.com"], "https://api.example.com:8443/x"],
    [true, ["api.example.com:8443"], "https://api.example.com:8443/x"],
    [true, ["api.example.com:80"], "http://api.example.com/x"],
    [false, ["api.example.com"], "https://evil-api.example.com/"],
    [false, ["api.example.com"], "https://api.example.com.evil.org/"],
    [false, ["example.com"], "https://api.example.com/"],
    [true, ["*.example.com"], "https://a.b.example.com/"],
    [false, ["*.example.com"], "https://example.com/"],
    [false, ["*.example.com"], "https://badexample.com/"],
    [false, ["*.example.com"], "https://.example.com/"],
    [true, ["127.0.0.1:8080"], "http://127.0.0.1:8080/"],
    [false, ["127.0.0.1:8080"], "http://127.0.0.1:8081/"],
    [true, ["[::1]:8080"], "http://[::1]:8080/"],
    [false, ["api.example.com"], "ftp://api.example.com/"],
    [false, [], "https://api.example.com/"],
    [true, ["*"], "https://any.example.org/"],
    [false, ["*"], "http://any.example.org/"],
    [false, ["*"], "https://any.example.org:8443/"],
    [true, ["*", "*:80"], "http://any.example.org/"],
    [false, ["*", "*:80"], "ftp://any.example.org/"],
  ])("says %s for %j and %s", (allowed, net, url) => {
    expect(isAllowedHost(net, new URL(url))).toBe(allowed);
  });
});

describe("isExplicitlyPrivate", () => {
  it.each<[boolean, string[], string]>([
    [true, ["127.0.0.1:8080"], "127.0.0.1"],
    [true, ["[::1]:80"], "[::1]"],
    [true, ["localhost:3000"], "localhost"],
    [false, ["internal.example.com"], "internal.example.com"],
    [false, ["127.0.0.1:8080"], "127.0.0.2"],
    [false, ["*", "*:80"], "127.0.0.1"],
    [false, ["*", "*:80"], "localhost"],
  ])("says %s for %j and %s", (explicit, net, host) => {
    expect(isExplicitlyPrivate(net, host)).toBe(explicit);
  });
});
