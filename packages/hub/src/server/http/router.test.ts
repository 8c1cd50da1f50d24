import { expect, test } from "vitest";
import { json } from "./reply/reply.ts";
import { findRoute, type Route } from "./router.ts";

const handle = () => json({});
const routes: readonly Route[] = [
  { method: "GET", path: "/api/:type/:namespace/:name/tree/*", handle },
  { method: "GET", path: "/api/:type", handle },
  { method: "POST", path: "/api/repos/create", handle },
  { method: "GET", path: "/:type/:namespace/:name/resolve/*", handle },
  { method: "GET", path: "/:namespace/:name/resolve/*", handle },
];

test("pieces are decoded one by one, after the path was split", () => {
  const { params, rest } = findRoute(routes, "GET", "/api/spaces/acme/w/tree/feat%2Fx/a%20b/c");
  expect(Object.fromEntries(params)).toEqual({ type: "spaces", namespace: "acme", name: "w" });
  expect(rest).toEqual(["feat/x", "a b", "c"]);
});

test.each([
  ["/spaces/acme/w/resolve/main/a", "/:type/:namespace/:name/resolve/*"],
  ["/acme/w/resolve/main/a", "/:namespace/:name/resolve/*"],
  ["/acme/w/resolve/main/resolve/a", "/:namespace/:name/resolve/*"],
  ["/api/models", "/api/:type"],
])("%s goes to %s", (path, pattern) => {
  expect(findRoute(routes, "GET", path).route.path).toBe(pattern);
});

test.each(["/", "/api", "/api/kernels", "/api/spaces/acme/w/tree", "/api/spaces/", "/api/constructor"])(
  "%s is no address",
  (path) => {
    expect(() => findRoute(routes, "GET", path)).toThrowError(expect.objectContaining({ code: "HUB_ROUTE_NOT_FOUND" }));
  },
);

test("a wrong method is told which ones are right", () => {
  expect(() => findRoute(routes, "DELETE", "/api/models")).toThrowError(
    expect.objectContaining({ code: "HUB_METHOD_NOT_ALLOWED", data: { allow: ["GET", "HEAD"] } }),
  );
});

test("a wrong percent encoding is refused", () => {
  expect(() => findRoute(routes, "GET", "/api/%zz")).toThrowError(expect.objectContaining({ code: "HUB_BAD_REQUEST" }));
});
