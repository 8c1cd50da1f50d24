import type * as JsonSchemas from "@langchain/core/utils/json_schema";
import type * as Tools from "@langchain/core/tools";
import { importPeer } from "../shared/optional-peer.ts";

const library = { packageName: "@langchain/core", versions: "^1.0.0" };

/** LangChain's way from any schema that its tools take to JSON Schema. */
export function loadSchemas(): Promise<typeof JsonSchemas> {
  return importPeer(() => import("@langchain/core/utils/json_schema"), {
    ...library,
    neededFor: "A tool of LangChain",
  });
}

/** LangChain's way to make tools. */
export function loadTools(): Promise<typeof Tools> {
  return importPeer(() => import("@langchain/core/tools"), { ...library, neededFor: "toLangchain" });
}
