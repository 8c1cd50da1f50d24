import { expect, test } from "vitest";
import { HubServerError, type HubServerErrorCode } from "../../hub-server-error.ts";
import { errorReply } from "./error-forms.ts";

test.each<[HubServerErrorCode, anonymous: boolean, status: number, name: string | undefined]>([
  ["HUB_REPO_NOT_FOUND", false, 404, "RepoNotFound"],
  ["HUB_REPO_NOT_FOUND", true, 401, "RepoNotFound"],
  ["HUB_REVISION_NOT_FOUND", true, 404, "RevisionNotFound"],
  ["HUB_ENTRY_NOT_FOUND", true, 404, "EntryNotFound"],
  ["HUB_ROUTE_NOT_FOUND", true, 404, undefined],
  ["HUB_UNAUTHENTICATED", true, 401, undefined],
  ["HUB_BAD_TOKEN", false, 401, undefined],
  ["HUB_FORBIDDEN", false, 403, undefined],
  ["HUB_RELEASE_IMMUTABLE", false, 403, undefined],
  ["HUB_ALREADY_EXISTS", false, 409, undefined],
  ["HUB_PARENT_NOT_HEAD", false, 412, undefined],
  ["HUB_BAD_REQUEST", false, 400, undefined],
  ["HUB_TOO_LARGE", false, 413, undefined],
  ["HUB_NOT_IMPLEMENTED", false, 501, undefined],
  ["HUB_BUSY", false, 503, undefined],
])("%s (anonymous: %s) is %i with X-Error-Code %s", (code, anonymous, status, name) => {
  const reply = errorReply(new HubServerError(code, "Because."), anonymous);
  expect(reply.status).toBe(status);
  expect(reply.headers?.["X-Error-Code"]).toBe(name);
  expect(reply.headers?.["Content-Type"]).toMatch(/^application\/json/);
});

test("the message of a bad token is the one that the Python client knows", () => {
  const reply = errorReply(new HubServerError("HUB_BAD_TOKEN", "No."), false);
  expect(reply.headers?.["X-Error-Message"]).toBe("Invalid credentials in Authorization header");
});

test("a message in a header is one line of ASCII", () => {
  const reply = errorReply(new HubServerError("HUB_BAD_REQUEST", "ünï\r\nSet-Cookie: x"), false);
  expect(reply.headers?.["X-Error-Message"]).toBe("?n?Set-Cookie: x");
  expect(reply.body).toBe(JSON.stringify({ error: "ünï\nSet-Cookie: x" }));
});

test("a failure of the hub says nothing of its cause", () => {
  const reply = errorReply(new Error("ENOENT: /srv/secret"), false);
  expect(reply.status).toBe(500);
  expect(JSON.stringify(reply)).not.toContain("secret");
});

test("broken storage is a failure too", () => {
  const reply = errorReply(new HubServerError("HUB_STORAGE_BROKEN", "/srv/secret"), false);
  expect(reply.status).toBe(500);
  expect(JSON.stringify(reply)).not.toContain("secret");
});
