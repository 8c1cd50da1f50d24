import type { Row } from "../lib/row.ts";
import { commits } from "./hub/commits.ts";
import { growth } from "./hub/growth.ts";
import { loads } from "./hub/loads.ts";
import { search } from "./hub/search.ts";

/** Publishing to and loading from a hub on this machine, beside the official clients on the same hub. */
export async function bench(): Promise<Row[]> {
  return [...(await commits()), ...(await loads()), ...(await growth()), ...(await search())];
}
