import { canonicalJson, errorMessage, type ToolPins, type ToolSourceError } from "@smoltools/core";
import { textField } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { type SourceItem, usableTools } from "../../shared/tools/usable-tools.ts";
import { answerInvalid, type SourceIdentity } from "../connection/source-failure.ts";
import { type McpDeclaration, readDeclaration } from "./mcp-declaration.ts";
import type { McpServerNaming } from "./mcp-server.ts";
import { type CallServer, McpTool } from "./mcp-tool.ts";

/** What a listing is made with. */
export interface ListingOptions {
  identity: SourceIdentity;
  naming: McpServerNaming;
  pins: ToolPins | undefined;
  call: CallServer;
  /** The listing before: a tool that is declared as it was stays the same object. */
  before: ToolListing | undefined;
}

/** The tools of a server at one time. */
export class ToolListing {
  readonly tools: readonly McpTool[];
  /** Why tools of the server are not among them. */
  readonly refused: readonly ToolSourceError[];
  readonly #byName: ReadonlyMap<string, McpTool>;
  readonly #fingerprints: ReadonlyMap<McpTool, string>;

  private constructor(
    tools: readonly McpTool[],
    refused: readonly ToolSourceError[],
    fingerprints: ReadonlyMap<McpTool, string>,
  ) {
    this.tools = tools;
    this.refused = refused;
    this.#byName = new Map(tools.map((tool) => [tool.name, tool]));
    this.#fingerprints = fingerprints;
  }

  /**
   * Makes tools of what a server declares, and holds them against what is remembered of it.
   *
   * @throws ToolSourceError `SOURCE_TOOL_INVALID` when two tools have one name, `SOURCE_TOOLS_CHANGED` from the pins.
   */
  static async make(declared: readonly object[], options: ListingOptions): Promise<ToolListing> {
    const { identity, naming, pins, call, before } = options;
    const { name: source } = identity;
    const refused: ToolSourceError[] = [];
    const fingerprints = new Map<McpTool, string>();
    const items = declared.map((entry): SourceItem => {
      const original = textField(entry, "name");
      if (original === undefined) throw answerInvalid(identity, "has a tool without a name");
      const make = (name: string): McpTool => {
        const declaration = declarationOf(entry, name, identity);
        const fingerprint = canonicalJson(declaration);
        const tool = before?.find(declaration.name, fingerprint) ?? new McpTool(declaration, source, call);
        fingerprints.set(tool, fingerprint);
        return tool;
      };
      return { name: original, make };
    });
    await usableTools(source, items, { ...naming, onUnusable: (error) => refused.push(error) });
    const tools = [...fingerprints.keys()];
    await pins?.check(source, tools);
    return new ToolListing(tools, refused, fingerprints);
  }

  /** Whether a tool is declared as it was when it was handed out. */
  has(tool: McpTool): boolean {
    return this.#byName.get(tool.name) === tool;
  }

  /** The tool of this name that was declared in this way. */
  find(name: string, fingerprint: string): McpTool | undefined {
    const tool = this.#byName.get(name);
    return tool && this.#fingerprints.get(tool) === fingerprint ? tool : undefined;
  }

  /** Whether there is a tool of this name. */
  hasNamed(name: string): boolean {
    return this.#byName.has(name);
  }
}

/** What is wrong with a declaration is told in the words of a stranger. */
function declarationOf(entry: object, name: string, { name: source, redact }: SourceIdentity): McpDeclaration {
  try {
    return readDeclaration(entry, name, source);
  } catch (cause) {
    throw new Error(shortLine(redact(errorMessage(cause))), { cause });
  }
}
