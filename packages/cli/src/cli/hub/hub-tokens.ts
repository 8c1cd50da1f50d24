import type { CommandContext } from "../command.ts";
import { configFile, writePrivately } from "../settings/config-file.ts";
import { jsonText } from "../../shared/json-text.ts";
import { readJsonFile } from "../settings/read-json-file.ts";

type Environment = CommandContext["env"];

/** The tokens of hubs other than that of the official clients, by address. */
export function tokensOfHubs(env: Environment): Record<string, string> {
  const tokens = readJsonFile(configFile("tokens.json", env));
  return Object.fromEntries(
    Object.entries(tokens).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Keeps the token of a hub, or forgets it. */
export async function keepToken(hubUrl: string, token: string | undefined, env: Environment): Promise<void> {
  const { [hubUrl]: _before, ...others } = tokensOfHubs(env);
  const tokens = token === undefined ? others : { ...others, [hubUrl]: token };
  await writePrivately(configFile("tokens.json", env), jsonText(tokens));
}
