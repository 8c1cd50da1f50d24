import { checkWriter, openReadable, openWritable } from "../../access/open-repo.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { optionalText, textField } from "../../http/request/fields.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { checkRepoKey, repoPath } from "../../repo/repo-key.ts";
import { authorOf } from "../commits/author.ts";
import { splitId } from "./repos.ts";
import { readVisibility } from "./visibility.ts";

const maxMessageLength = 10_000;

/** Changes what a repo is, but not its files. Protocol section 1.4. */
export const settingsRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: "/api/:type/:namespace/:name/settings",
    action: "repo.settings",
    handle: async (request, hub) => {
      const key = repoKeyOf(request);
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      await openWritable(hub, request.viewer, key);
      if ((fields["gated"] ?? false) !== false) {
        throw new HubServerError("HUB_NOT_IMPLEMENTED", "This hub has no gated repos: make the repo private.");
      }
      const isPrivate = readVisibility(fields);
      if (isPrivate === undefined) return json({});
      request.notes.facts["visibility"] = isPrivate ? "private" : "public";
      const record = await hub.storage.updateRepo(key, { private: isPrivate }, request.signal);
      return json({ private: record.private, visibility: record.private ? "private" : "public" });
    },
  },
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/super-squash/*",
    action: "repo.squash",
    handle: async (request, hub) => {
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      const { repo, viewer } = await openWritable(hub, request.viewer, repoKeyOf(request));
      const branch = request.rest.join("/");
      const message = optionalText(fields, "message")?.trim() || `Squash ${branch}`;
      if (message.length > maxMessageLength || message.includes("\0")) {
        throw new HubServerError(
          "HUB_BAD_REQUEST",
          `The message has a zero byte, or more than ${maxMessageLength} characters.`,
        );
      }
      const [title = "", body = ""] = message.split(/\n(.*)/s);
      request.notes.facts["branch"] = branch;
      await repo.squash({ branch, title, body: body.trim(), author: authorOf(hub, viewer) }, request.signal);
      return json({});
    },
  },
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/duplicate",
    action: "repo.duplicate",
    handle: async (request, hub) => {
      const from = repoKeyOf(request);
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      const { record } = await openReadable(hub, request.viewer, from);
      const to = splitId(from.type, textField(fields, "repository"));
      request.notes.facts["to"] = repoPath(to);
      checkRepoKey(to);
      const viewer = checkWriter(request.viewer, to.namespace);
      // A copy of what not everybody may see is not for everybody either, unless it is said to be.
      const isPrivate = readVisibility(fields) ?? record.private;
      const copy = { ...to, private: isPrivate, createdBy: viewer.name };
      const sdk = record.sdk === undefined ? {} : { sdk: record.sdk };
      const url = `${hub.publicUrl}/${repoPath(to)}`;
      try {
        await hub.storage.duplicateRepo(from, { ...copy, ...sdk }, authorOf(hub, viewer), request.signal);
      } catch (error) {
        if (!(error instanceof HubServerError) || error.code !== "HUB_ALREADY_EXISTS") throw error;
        throw new HubServerError(error.code, error.message, { body: { url }, cause: error });
      } finally {
        hub.index.changed(to);
      }
      return json({ url });
    },
  },
];
