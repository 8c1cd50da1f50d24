import { errorMessage, isSmoltoolsError, type MediaRef } from "@smoltools/core";
import { fieldOf, textField } from "../../shared/json-access.ts";
import { answerInvalid } from "../connection/source-failure.ts";
import { readContents } from "../content/read-block.ts";
import type { ServerLink } from "./server-link.ts";

/** A resource of a server, or a family of them. */
export interface McpResource {
  /** The server's name. */
  server: string;
  /** Its address, which `readResource` takes; of a family, a template of RFC 6570. */
  uri: string;
  name: string;
  isTemplate: boolean;
  title?: string;
  description?: string;
  mediaType?: string;
  /** In bytes. */
  size?: number;
}

/** The resources of a server, and its templates. */
export async function listResources(link: ServerLink, signal?: AbortSignal): Promise<McpResource[]> {
  const resources = await link.list("resources/list", "resources", "resources", signal);
  const templates = await link
    .list("resources/templates/list", "resourceTemplates", "resources", signal)
    .catch((error: unknown) => {
      // Servers that have no templates need not know the method.
      if (isSmoltoolsError(error, "TOOL_FAILED")) return [];
      throw error;
    });
  return [
    ...resources.flatMap((entry) => readResource(link, entry, "uri")),
    ...templates.flatMap((entry) => readResource(link, entry, "uriTemplate")),
  ];
}

/**
 * What a resource holds: media, each with its text before it where it is one.
 *
 * @throws ToolSourceError `SOURCE_ANSWER_INVALID`; ToolExecutionError `TOOL_FAILED` when the server does not give it.
 */
export async function readServerResource(
  link: ServerLink,
  uri: string,
  signal?: AbortSignal,
): Promise<(string | MediaRef)[]> {
  const answer = await link.request("resources/read", { uri }, signal);
  const contents = fieldOf(answer, "contents");
  try {
    if (!Array.isArray(contents)) throw new Error("no list of contents");
    return (contents as unknown[]).flatMap(readContents);
  } catch (error) {
    throw answerInvalid(link.identity, `gives as a resource ${errorMessage(error)}`);
  }
}

function readResource(link: ServerLink, entry: object, key: "uri" | "uriTemplate"): McpResource[] {
  const uri = textField(entry, key);
  if (uri === undefined) return [];
  const [title, description, mediaType] = ["title", "description", "mimeType"].map((name) => textField(entry, name));
  const size = fieldOf(entry, "size");
  return [
    {
      server: link.identity.name,
      uri,
      name: textField(entry, "name") ?? uri,
      isTemplate: key === "uriTemplate",
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(mediaType !== undefined && { mediaType }),
      ...(typeof size === "number" && { size }),
    },
  ];
}
