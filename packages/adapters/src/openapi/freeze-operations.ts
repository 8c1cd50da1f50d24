import type { Tool } from "@smoltools/core";
import { hostOf } from "./required-hosts.ts";
import { type OpenApiToolsOptions, operationTools } from "./from-openapi.ts";
import type { RequestPlan } from "./request/request-plan.ts";

/** An operation with everything that it takes to carry it out without the document. */
export interface FrozenOperation {
  /** What `toolsFromOpenApi` would declare. It cannot be called. */
  readonly tool: Tool;
  /** Plain data; `callOperation` of `@smoltools/adapters/openapi/client` carries it out. */
  readonly plan: RequestPlan;
  /** Where its requests go, as permissions have it. */
  readonly host: string;
}

/** The operations of a document, frozen. */
export interface FrozenOperations {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly operations: readonly FrozenOperation[];
}

/**
 * Takes the operations of an OpenAPI document down as plain data, for programs that call them without it.
 *
 * @param document - As for `toolsFromOpenApi`, with the same options.
 * @throws as `toolsFromOpenApi`.
 */
export async function freezeOperations(document: unknown, options: OpenApiToolsOptions): Promise<FrozenOperations> {
  const plans = new Map<string, RequestPlan>();
  const { read, tools } = await operationTools(document, options, (name, plan) => {
    plans.set(name, plan);
    return () => {
      throw new Error("it is declared only");
    };
  });
  const operations = tools.flatMap((tool): FrozenOperation[] => {
    const plan = plans.get(tool.name);
    return plan ? [{ tool, plan, host: hostOf(plan.server) }] : [];
  });
  const { title, version, description } = read;
  return { title, version, description, operations };
}
