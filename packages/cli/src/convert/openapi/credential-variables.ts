import type { RequestPlan, SecurityScheme } from "@smoltools/adapters/openapi";

/** Words of titles that tell nothing. */
const empty: ReadonlySet<string> = new Set(
  "API APIS REST RESTFUL HTTP WEB OPENAPI SWAGGER THE A AN OF FOR SERVICE".split(" "),
);

/** A variable that holds a credential, and what that is. */
export interface CredentialVariable {
  variable: string;
  scheme: SecurityScheme;
}

/**
 * The environment variables from which a package takes its credentials: `PETSTORE_API_KEY` for the scheme `api_key` of a
 * document called Swagger Petstore.
 *
 * @param title - That of the document.
 * @returns By the names of the schemes.
 */
export function credentialVariables(title: string, plans: readonly RequestPlan[]): Map<string, CredentialVariable> {
  const prefix = wordsOf(title)
    .filter((word) => !empty.has(word) && !/^V?\d+$/.test(word))
    .slice(0, 3)
    .join("_");
  const found = new Map<string, CredentialVariable>();
  const taken = new Set<string>();
  for (const scheme of plans.flatMap(({ security }) => security.flat())) {
    if (found.has(scheme.name)) continue;
    const variable = freeName(variableName(prefix, scheme), taken);
    taken.add(variable);
    found.set(scheme.name, { variable, scheme });
  }
  return found;
}

/** What a variable holds, for the README. */
export function credentialText({ variable, scheme }: CredentialVariable): string {
  const what = {
    apiKey: "an API key",
    basic: "a user and a password with a colon between them",
    bearer: "a token",
  }[scheme.type];
  return `\`${variable}\` in the environment: ${what} (\`${scheme.name.replaceAll("`", "'")}\` in the document)`;
}

function variableName(prefix: string, { name, type }: SecurityScheme): string {
  // `basicAuth` says no more than the type does.
  const words = wordsOf(name)
    .join("_")
    .replace(/^(?:HTTP_)?(?:BASIC|BEARER)(?:_AUTH)?$/, "");
  const ending = { apiKey: "KEY", basic: "LOGIN", bearer: "TOKEN" }[type];
  const says = /(?:KEY|TOKEN|LOGIN|PASSWORD|SECRET|AUTH|CREDENTIALS?)$/.test(words);
  const own = says ? words : [words, ending].filter(Boolean).join("_");
  const full = own.startsWith(`${prefix}_`) || prefix === "" ? own : `${prefix}_${own}`;
  return full.replace(/^(?=\d)/, "_").slice(0, 100);
}

/** `petstoreAuth v2` in words of capitals. */
function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}
