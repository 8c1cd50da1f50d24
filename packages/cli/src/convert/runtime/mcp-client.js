// A small client of an MCP server: it calls tools that are declared as they were when this package was made.

import { McpSession, SessionGone } from "./mcp-session.js";
import { readContents, readResult, sendableInput } from "./mcp-result.js";

/** Most links of one result that are followed. */
const maxLinks = 16;

/** What of a declaration is compared, and what it is called. */
const parts = {
  title: "its title",
  description: "its description",
  inputSchema: "the schema of its input",
  outputSchema: "the schema of its output",
  annotations: "its annotations",
};

/** What servers have declared since this program started. */
const listings = new WeakMap();

/**
 * Calls a tool, in a session of its own.
 *
 * @param server - Where it is, and its tools by the names that it has for them, as it declared them.
 * @param {string} name - The name that the server has for the tool.
 * @param {object} input
 * @param {AbortSignal} [signal]
 */
export async function callTool(server, name, input, signal) {
  return inSession(server, signal, async (session) => {
    if (!listings.has(server)) listings.set(server, await session.list("tools/list", "tools"));
    const tool = server.tools[name];
    checkUnchanged(server, name, listings.get(server));
    const result = await session.request("tools/call", { name, arguments: sendableInput(input) });
    const { outputSchema, isWrapped } = tool;
    try {
      return await readResult(result, {
        hasOutput: outputSchema !== undefined && outputSchema !== null,
        isWrapped: isWrapped === true,
        follow: linkReader(session),
      });
    } catch (error) {
      throw new Error(session.text(error.message), { cause: error });
    }
  });
}

/** What a server says of itself, and of its tools, and at which address it does. */
export async function describeServer(server, signal) {
  return inSession(server, signal, async (session) => {
    const { serverInfo, capabilities, instructions } = session.about;
    const tools = capabilities?.tools ? await session.list("tools/list", "tools") : [];
    return { serverInfo, instructions, tools, answeredAt: session.answeredAt };
  });
}

/** A server may forget a session at any time: what it then refuses is asked once more, in a new one. */
async function inSession(server, signal, work) {
  for (let isAgain = false; ; isAgain = true) {
    const session = new McpSession(server, signal);
    try {
      await session.open();
      return await work(session);
    } catch (error) {
      if (isAgain || !(error instanceof SessionGone)) throw error;
    } finally {
      await session.close();
    }
  }
}

function checkUnchanged({ name: server, tools }, name, listed) {
  const made = tools[name];
  const now = listed.find((tool) => tool?.name === name);
  const changed = now && Object.keys(parts).filter((part) => canonical(now[part]) !== canonical(made[part]));
  if (changed?.length === 0) return;
  const what = now ? `declares its tool ${name} in another way than` : `has no tool ${name}, as it had`;
  const which = now ? `: ${changed.map((part) => parts[part]).join(" and ")}` : "";
  throw new Error(
    `${server} ${what} when this package was made${which}. A newer version of the package may know it; its author ` +
      "makes it anew with smoltools convert mcp … --update",
  );
}

/** JSON with its keys in order. What is absent and `null` are the same. */
function canonical(value) {
  return JSON.stringify(value ?? null, (_key, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Reads what links lead to, from the server alone. A link that cannot be read is told as a text. */
function linkReader(session) {
  let links = 0;
  return async ({ uri, title, name }) => {
    const called = title || name;
    const told = [called ? `${called}: ${uri}` : String(uri)];
    if (++links > maxLinks || !session.about.capabilities?.resources) return told;
    try {
      const { contents } = await session.request("resources/read", { uri });
      return Array.isArray(contents) ? contents.flatMap(readContents) : told;
    } catch {
      // The call itself is done, and is not done again for a link.
      return told;
    }
  };
}
