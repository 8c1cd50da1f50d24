import type { FromLangchainOptions, LangChainTool } from "@smoltools/adapters/langchain/from";
import type { SpaceToolOptions } from "@smoltools/adapters/space";
import { isToolBase, Tool as CoreTool } from "@smoltools/core";
import type { HubTool } from "@smoltools/hub";
import type { HubLoadOptions } from "./hub/hub-defaults.ts";

/**
 * The tool of `@smoltools/core`, with the ways to get tools from elsewhere.
 *
 * Each of them is a free function as well, in the package that does the work; this class only assembles.
 */
export abstract class Tool<Input = unknown, Output = unknown> extends CoreTool<Input, Output> {
  static {
    // `value instanceof Tool` then holds for every tool, whichever class made it.
    Object.defineProperty(this, isToolBase, { value: true });
  }

  /**
   * Loads a tool from the Hugging Face Hub, another hub, or a folder. See `loadTool` of `@smoltools/hub`.
   *
   * @param ref - `owner/name@range`, with `#tool` when the package has several.
   */
  static async fromHub(ref: string, options: HubLoadOptions = {}): Promise<HubTool> {
    const [{ loadTool }, { hubDefaults }] = await Promise.all([
      import("@smoltools/hub"),
      import("./hub/hub-defaults.ts"),
    ]);
    return loadTool(ref, hubDefaults(options));
  }

  /**
   * Makes a tool of one of LangChain. See `toolFromLangchain` of `@smoltools/adapters/langchain`; the package
   * `@langchain/core` has to be installed.
   */
  static async fromLangchain(tool: LangChainTool, options: FromLangchainOptions = {}): Promise<CoreTool> {
    const { toolFromLangchain } = await import("@smoltools/adapters/langchain/from");
    return toolFromLangchain(tool, options);
  }

  /**
   * Makes a tool of an endpoint of a Space. See `toolFromSpace` of `@smoltools/adapters/space`; the package
   * `@gradio/client` has to be installed.
   *
   * @param space - `owner/name`, or the address of a running app.
   */
  static async fromSpace(space: string, options: SpaceToolOptions = {}): Promise<CoreTool> {
    const { toolFromSpace } = await import("@smoltools/adapters/space");
    return toolFromSpace(space, options);
  }
}
