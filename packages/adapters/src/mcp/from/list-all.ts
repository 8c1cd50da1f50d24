import { isRecord, textField } from "../../shared/json-access.ts";
import type { McpConnection } from "../connection/mcp-connection.ts";
import { answerInvalid, type SourceIdentity } from "../connection/source-failure.ts";
import { ToolSourceError } from "@smoltools/core";

/** Most pages of a list: a server that sends pages with nothing in them would never end. */
const maxPages = 1000;

/**
 * Reads all pages of a list of a server.
 *
 * @param method - Such as `"tools/list"`.
 * @param key - Where the items of a page are, such as `"tools"`.
 * @throws ToolSourceError `SOURCE_TOO_LARGE` for a list without end, `SOURCE_ANSWER_INVALID`.
 */
export async function listAll(
  connection: McpConnection,
  method: string,
  key: string,
  { identity, maxItems, signal }: { identity: SourceIdentity; maxItems: number; signal: AbortSignal },
): Promise<object[]> {
  const items: object[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await connection.request(method, cursor === undefined ? {} : { cursor }, { signal });
    const found = isRecord(page) ? page[key] : undefined;
    if (!Array.isArray(found)) throw answerInvalid(identity, `answers ${method} without a list of ${key}`);
    for (const item of found as unknown[]) {
      if (!isRecord(item)) throw answerInvalid(identity, `has something else in its list of ${key}`);
      items.push(item);
    }
    cursor = textField(page, "nextCursor");
    if (items.length > maxItems || seen.size > maxPages || (cursor !== undefined && seen.has(cursor))) {
      throw new ToolSourceError(
        `${identity.name} has a list of ${key} that does not end, or has more than ${maxItems}`,
        {
          code: "SOURCE_TOO_LARGE",
          data: { source: identity.name },
        },
      );
    }
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return items;
}
