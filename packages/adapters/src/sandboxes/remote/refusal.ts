import { errorMessage } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";

/** Why a provider did not do what it was asked for. */
export interface Refusal {
  /** The HTTP status that says it, or the one that means the same. */
  status: number | undefined;
  /** What the provider says. */
  text: string;
}

/** What a provider calls itself, and where its users find their key. */
export interface ProviderNames {
  /** Such as `"E2B"`. */
  title: string;
  /** What holds the credentials, such as `"E2B_API_KEY"`. */
  credentials: string;
}

/** Tells in words why there is no machine, and what to do. */
export function refusalMessage({ title, credentials }: ProviderNames, { status, text }: Refusal): string {
  const said = text === "" ? "" : `: ${text}`;
  switch (status) {
    case 401:
    case 403:
      return `${title} refuses the credentials (${status}): check ${credentials}${said}`;
    case 402:
      return `${title} wants to be paid (402): look at the plan and the balance of the account${said}`;
    case 429:
      return `${title} gives no more sandboxes or requests at the moment (429): dispose those that are not needed, or try again later${said}`;
    default:
      return `${title} did not start a sandbox${status === undefined ? "" : ` (${status})`}${said}`;
  }
}

/** The status and text of an error as most libraries of HTTP throw it. */
export function refusalOf(error: unknown, status?: number): Refusal {
  return { status, text: shortLine(errorMessage(error), 300) };
}
