import type { Row } from "../lib/row.ts";
import { declarationRows } from "./tokens/declaration-rows.ts";
import { taskRows } from "./tokens/task-rows.ts";

/** What code agents cost in tokens, beside agents that call tools natively: what is declared, and whole tasks. */
export async function bench(): Promise<Row[]> {
  return [...(await declarationRows()), ...(await taskRows())];
}
