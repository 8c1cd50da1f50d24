import { describe, expect, it } from "vitest";
import { coversHost, declaredHost } from "./declared-host.ts";

describe("a declared host", () => {
  it.each<[boolean, string, string]>([
    [true, "api.example.com", "https://api.example.com/x"],
    [true, "api.example.com", "https://API.example.com:443/x"],
    [true, "api.example.com", "https://api.example.com./x"],
    [false, "api.example.com", "https://api.example.com../x"],
    [false, "api.example.com", "http://api.example.com/x"],
    [false, "api.example.com", "https://api.example.com:8443/x"],
    [true, "api.example.com:8443", "https://api.example.com:8443/x"],
    [false, "api.example.com:8443", "https://api.example.com/x"],
    [true, "api.example.com:80", "http://api.example.com/x"],
    [false, "api.example.com:80", "https://api.example.com/x"],
    [true, "api.example.com:443", "https://api.example.com/x"],
    [false, "api.example.com", "https://evil-api.example.com/"],
    [false, "api.example.com", "https://api.example.com.evil.org/"],
    [false, "api.example.com", "https://evil.org/api.example.com"],
    [false, "api.example.com", "https://evil.org#api.example.com"],
    [false, "api.example.com", "https://evil.org\\api.example.com"],
    [false, "example.com", "https://api.example.com/"],
    [true, "xn--bcher-kva.example", "https://BÜCHER.example/"],
    [true, "xn--bcher-kva.example", "https://bücher.example/"],
    [false, "apple.example", "https://аpple.example/"],
    [true, "*.example.com", "https://a.b.example.com/"],
    [true, "*.example.com:8443", "https://a.example.com:8443/"],
    [false, "*.example.com", "https://a.example.com:8443/"],
    [false, "*.example.com", "https://example.com/"],
    [false, "*.example.com", "https://badexample.com/"],
    [false, "*.example.com", "https://.example.com/"],
    [false, "*.example.com", "https://a.example.com.evil.org/"],
    [true, "127.0.0.1:8080", "http://127.0.0.1:8080/"],
    [true, "127.0.0.1:8080", "http://0x7f.1:8080/"],
    [false, "127.0.0.1:8080", "http://127.0.0.1:8081/"],
    [true, "[::1]:8080", "http://[::1]:8080/"],
    [true, "[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080/"],
    [false, "api.example.com", "ftp://api.example.com/"],
    [false, "api.example.com:443", "wss://api.example.com/"],
    [true, "*", "https://any.example.org/"],
    [false, "*", "http://any.example.org/"],
    [false, "*", "https://any.example.org:8443/"],
    [true, "*:80", "http://any.example.org/"],
    [false, "*:80", "ftp://any.example.org/"],
  ])("says %s: %s covers %s", (covered, host, url) => {
    expect(coversHost(declaredHost(host), new URL(url))).toBe(covered);
  });

  it.each([
    ["https://api.example.com/x", "without https://"],
    ["api.example.com/x", "not a host"],
    ["user@api.example.com", "not a host"],
    ["API.example.com", "lower case"],
    ["bücher.example", "xn--"],
    ["api.example.com:0", "0 is not a port"],
    ["api.example.com:0443", "0443 is not a port"],
    ["api.example.com:99999", "99999 is not a port"],
    ["127.1:8080", "write the address as 127.0.0.1"],
    ["0x7f.0.0.1", "write the address as 127.0.0.1"],
    ["2130706433", "write the address as 127.0.0.1"],
    ["[0:0:0:0:0:0:0:1]", "write the address as [::1]"],
    ["[::ffff:127.0.0.1]:80", "write the address as [::ffff:7f00:1]"],
    ["[:::]", "not a host"],
    ["*.com", "may not ask for all"],
    ["*.127.0.0.1", "not a host"],
    ["a.*.example.com", "not a host"],
    ["**", "not a host"],
    ["*:0", "0 is not a port"],
    ["", "empty"],
    ["a\nb", "control characters"],
  ])("is refused when it is written %j", (text, why) => {
    expect(() => declaredHost(text)).toThrow(why);
  });
});
