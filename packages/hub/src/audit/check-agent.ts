import { errorMessage } from "@smoltools/core";
import { type BegunAgent, beginAgent } from "../agents/open-from-hub.ts";
import type { LockedRef } from "../install/choose-locked.ts";
import { withoutSandbox } from "../install/open-any.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import { type AuditFinding, finding } from "./audit-finding.ts";
import { type AuditPlace, contentCode, signatureCode } from "./check-content.ts";

/**
 * Looks at the content of a locked agent: it is what is locked, and so is its signature. The packages that it is pinned to
 * are verified when it is installed or loaded.
 */
export async function checkAgent({ key, ref }: LockedRef, { client, options }: AuditPlace): Promise<AuditFinding[]> {
  let agent: BegunAgent;
  try {
    agent = await beginAgent(ref, withoutSandbox({ ...options, frozen: true }));
  } catch (error) {
    return [finding(contentCode(error), key, errorMessage(error))];
  }
  if (agent.form === "smolagents") return [];
  try {
    await checkPackageSignature(agent.file, { ...options, hubUrl: client.hubUrl });
    return [];
  } catch (error) {
    return [finding(signatureCode(error), key, errorMessage(error))];
  }
}
