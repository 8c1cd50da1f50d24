import { openWritable } from "../../access/open-repo.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { optionalText, textField } from "../../http/request/fields.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { authorOf } from "../commits/author.ts";
import { resolveOrThrow } from "../split-revision.ts";

const maxMessageLength = 10_000;

/** Makes and deletes tags; a tag with a message is an annotated one. Protocol section 1.9. */
export const tagRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/:type/:namespace/:name/tag/*",
    action: "tag.create",
    handle: async (request, hub) => {
      const { repo, viewer } = await openWritable(hub, request.viewer, repoKeyOf(request));
      const fields = await request.body.json(hub.limits.maxBodyBytes);
      const message = optionalText(fields, "message")?.trim() ?? "";
      if (message.length > maxMessageLength || message.includes("\0")) {
        throw new HubServerError(
          "HUB_BAD_REQUEST",
          `The message has a zero byte or over ${maxMessageLength} characters.`,
        );
      }
      const commit = await resolveOrThrow(repo, request.rest.join("/"));
      request.notes.facts["commit"] = commit;
      request.notes.facts["tag"] = textField(fields, "tag");
      const tag = { name: textField(fields, "tag"), commit, author: authorOf(hub, viewer) };
      await repo.createTag(message === "" ? tag : { ...tag, message }, request.signal);
      return json({});
    },
  },
  {
    method: "DELETE",
    path: "/api/:type/:namespace/:name/tag/*",
    action: "tag.delete",
    handle: async (request, hub) => {
      const { repo } = await openWritable(hub, request.viewer, repoKeyOf(request));
      request.notes.facts["tag"] = request.rest.join("/");
      await repo.deleteTag(request.rest.join("/"), request.signal);
      return json({});
    },
  },
];
