import type { ConvertOptions } from "../convert-options.ts";

/** A token for a source: where it comes from now, and where a package will find it. */
export interface Bearer {
  /** For reading the source. It never becomes part of a package. */
  token: string | undefined;
  /** The variable in which whoever uses the package has theirs; `undefined` where none is needed. */
  variable: string | undefined;
  /** How the package's code finds it. */
  code: { tokenVariable?: string };
  /** What a user of the package has to have. */
  needs: readonly string[];
  warnings: readonly string[];
}

/**
 * Finds the token for a source.
 *
 * @param host - Of the source: a token that was given without the name of a variable is looked for in one named by it.
 *   Without it, such a token is for reading alone.
 */
export function bearerFor({ token, env, environment }: ConvertOptions, host?: string): Bearer {
  const [named, ...others] = env;
  const variable = named ?? (token === undefined || host === undefined ? undefined : variableFor(host));
  const warnings = [
    ...others.map((name) => `The variable ${name} is not used: requests have one token, that in ${variable}.`),
    ...(named === undefined && variable !== undefined
      ? [`Whoever uses the package needs a token of their own in ${variable}. Another name: --env NAME.`]
      : []),
  ];
  return {
    token: token ?? (named === undefined ? undefined : environment[named]),
    variable,
    needs: variable === undefined ? [] : [`A token in the environment variable \`${variable}\`.`],
    code: variable === undefined ? {} : { tokenVariable: variable },
    warnings,
  };
}

/** `mcp.example.org` becomes `MCP_EXAMPLE_ORG_TOKEN`. */
function variableFor(host: string): string {
  const name = host
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return `${/^\d/.test(name) ? "_" : ""}${name.slice(0, 100)}_TOKEN`;
}
