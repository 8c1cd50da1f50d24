import { expect, it } from "vitest";
import { buildRequest } from "./build-request.ts";
import type { RequestPlan } from "./request-plan.ts";

const style = { style: "simple", explode: false, allowReserved: false } as const;
const none = { headers: [], query: [], cookies: [], secrets: [] };
const planOf = (path: string): RequestPlan => ({
  method: "GET",
  server: "https://api.example.org/v1",
  path,
  accept: "*/*",
  parameters: [{ argument: "id", name: "id", place: "path", isRequired: true, style }],
  security: [],
});
const built = (path: string, id: unknown) => buildRequest(planOf(path), { id }, none, new AbortController().signal);

it.each([
  ["/files/{id}", ".."],
  ["/files/{id}/x", "."],
  ["/files/.{id}", "."],
  ["/files/%2e{id}", "."],
  ["/files/{id}?raw=1", ".."],
  ["/files/{id}?raw=/a", ".."],
])("an argument does not lead to another folder: %s with %j", async (path, id) => {
  await expect(built(path, id)).rejects.toThrow("would lead elsewhere");
});

it.each([
  ["/files/{id}", "a/../b?c#d\\e"],
  ["/files/{id}?raw=1", "..?x"],
  ["/files/{id}?next=/../x", "a"],
  ["/files/{id}", "//evil.example/"],
  ["/files/{id}", "%2e%2e"],
  ["/files/{id}", "a\r\nhost: evil.example"],
])("an argument stays one part of the path: %s with %j", async (path, id) => {
  const { url } = await built(path, id);
  const { host, pathname } = new URL(url);
  expect(host).toBe("api.example.org");
  expect(pathname.split("/").slice(0, 3)).toEqual(["", "v1", "files"]);
  expect(pathname.split("/")).toHaveLength(4);
  expect(decodeURIComponent(pathname.split("/")[3] ?? "")).toBe(id);
});
