import type { JsonSchema } from "@smoltools/core";
import { HubClient, type HubConnection } from "@smoltools/hub";
import type { CommandContext } from "../command.ts";

/** Whose token it is, and what it may do. */
export interface Whoami {
  name: string;
  fullName?: string;
  /** Organizations that the user belongs to. */
  orgs: string[];
  /** `read`, `write`, `fineGrained`, or what else the hub has. */
  role?: string;
  /** What the token is called. */
  tokenName?: string;
}

interface Answer {
  name: string;
  fullname?: string | null;
  orgs?: { name: string }[];
  auth?: { accessToken?: { role?: string; displayName?: string } };
}

const text: JsonSchema = { type: "string", maxLength: 1000 };
const answer: JsonSchema = {
  type: "object",
  properties: {
    name: text,
    fullname: { type: ["string", "null"] },
    orgs: { type: "array", items: { type: "object", properties: { name: text }, required: ["name"] } },
    auth: {
      type: "object",
      properties: { accessToken: { type: "object", properties: { role: text, displayName: text } } },
    },
  },
  required: ["name"],
};

/**
 * Asks a hub whose token this is.
 *
 * Source: `GET /api/whoami-v2`, protocol section 1.1.
 *
 * @throws HubError `HUB_UNAUTHORIZED` when the hub does not know the token.
 */
export async function askWhoami(
  hubUrl: string,
  token: string,
  { signal, ...connection }: Omit<HubConnection, "hubUrl" | "token"> & Pick<CommandContext, "env" | "signal">,
): Promise<Whoami> {
  const client = new HubClient({ ...connection, hubUrl, token });
  const {
    name,
    fullname,
    orgs = [],
    auth,
  } = await client.json<Answer>("/api/whoami-v2", "the owner of the token", answer, { signal });
  const { role, displayName } = auth?.accessToken ?? {};
  return {
    name,
    ...(fullname && { fullName: fullname }),
    orgs: orgs.map((org) => org.name),
    ...(role !== undefined && { role }),
    ...(displayName !== undefined && { tokenName: displayName }),
  };
}
