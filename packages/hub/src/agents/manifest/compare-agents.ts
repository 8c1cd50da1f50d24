import { canonicalJson, type JsonSchema } from "@smoltools/core";
import { type Compatibility, compatibilityOf, type Finding } from "../../compat/compatibility.ts";
import { permissionFindings } from "../../compat/permission-findings.ts";
import { outputFindings } from "../../compat/schema-findings.ts";
import { inlineAgents } from "./agent-definition.ts";
import type { AgentManifest } from "./agent-manifest.ts";
import { hookNames } from "./hook-names.ts";

/**
 * Compares two versions of an agent by what a program that loads it relies on: its class and name, the functions that
 * the program has to give, what it is allowed to do, the form of its answer.
 *
 * How well it works is nobody's to compare: other prompts, tools and models are a minor change.
 */
export function compareAgents(before: AgentManifest, after: AgentManifest): Compatibility {
  return compatibilityOf([
    ...permissionFindings(before.permissions, after.permissions),
    ...valueFindings(before, after),
    ...hookFindings(before, after),
    ...answerFindings(before.agent.options.answerSchema, after.agent.options.answerSchema),
    ...contentFindings(before, after),
  ]);
}

function valueFindings({ agent: before }: AgentManifest, { agent: after }: AgentManifest): Finding[] {
  const values: [rule: string, path: string, was: string | undefined, is: string | undefined, message: string][] = [
    ["agent-class-changed", "/agent/class", before.class, after.class, "programs that load it by its class fail"],
    [
      "agent-name-changed",
      "/agent/options/name",
      before.options.name,
      after.options.name,
      "managers know it by its name",
    ],
  ];
  return values.flatMap(([rule, path, was, is, message]): Finding[] =>
    was === is
      ? []
      : [
          {
            rule,
            bump: "major",
            path,
            ...(was !== undefined && { before: was }),
            ...(is !== undefined && { after: is }),
            message,
          },
        ],
  );
}

function hookFindings({ agent: before }: AgentManifest, { agent: after }: AgentManifest): Finding[] {
  const [was, is] = [hookNames(before), hookNames(after)];
  return [
    ...is
      .filter((name) => !was.includes(name))
      .map((name): Finding => ({
        rule: "hook-added",
        bump: "major",
        path: "/agent",
        after: name,
        message: "programs that load it have to give this function",
      })),
    ...was
      .filter((name) => !is.includes(name))
      .map((name): Finding => ({
        rule: "hook-removed",
        bump: "minor",
        path: "/agent",
        before: name,
        message: "a function that programs give is not called any more",
      })),
  ];
}

/** An agent without a schema answers with anything. */
function answerFindings(before: JsonSchema = true, after: JsonSchema = true): Finding[] {
  return outputFindings(before, after, ["agent", "options", "answerSchema"]);
}

function contentFindings(before: AgentManifest, after: AgentManifest): Finding[] {
  const parts = ({ agent }: AgentManifest) =>
    canonicalJson(inlineAgents(agent).map(({ model, tools, managedAgents }) => [model, tools, managedAgents.length]));
  const whole = ({ agent, description, keywords = [], license = "", files }: AgentManifest) =>
    canonicalJson({ agent, description, keywords, license, files });
  if (whole(before) === whole(after)) return [];
  return parts(before) === parts(after)
    ? [{ rule: "content-changed", bump: "patch", path: "/agent", message: "its texts or settings are others" }]
    : [{ rule: "parts-changed", bump: "minor", path: "/agent", message: "its models, tools or agents are others" }];
}
