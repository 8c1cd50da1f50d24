import type { Tool } from "@smoltools/core";

/** Something done through an adapter, and the same by the library alone. */
export interface Way {
  readonly name: string;
  readonly peerName: string;
  readonly ours: () => Promise<unknown>;
  readonly peer: () => Promise<unknown>;
  /** Calls of one round, where each takes long. @default 2000 */
  readonly calls?: number;
}

/** Ways over something that is open meanwhile: a process, a socket. */
export interface OpenWays extends AsyncDisposable {
  readonly calls: readonly Way[];
  readonly listings: readonly Way[];
}

/** How many tools are listed. */
export const listed = 500;

export const schema = {
  type: "object",
  properties: {
    city: { type: "string", description: "Name of the city." },
    days: { type: "integer", minimum: 1, maximum: 14 },
    unit: { type: "string", enum: ["celsius", "kelvin"] },
  },
  required: ["city"],
} as const;

export const input = { city: "Bern", days: 3, unit: "celsius" };

export const answer = async (): Promise<string> => "sunny";

export async function called(made: Tool | undefined): Promise<unknown> {
  if (made === undefined) throw new Error("there is no tool");
  return made.call(input);
}
