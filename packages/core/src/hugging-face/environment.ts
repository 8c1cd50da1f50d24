type Environment = Readonly<Record<string, string | undefined>>;

/** Where the official clients of the Hugging Face Hub keep what they keep. */
export interface HuggingFacePaths {
  /** The folder of it all: `HF_HOME`, else `huggingface` in `XDG_CACHE_HOME`, else in `~/.cache`. */
  home: string;
  /** The folder of what was downloaded: `HF_HUB_CACHE`, else `HUGGINGFACE_HUB_CACHE`, else `hub` in {@link home}. */
  hubCache: string;
  /** The file of `hf auth login`: `HF_TOKEN_PATH`, else `token` in {@link home}. */
  tokenFile: string;
}

/** Where a person's token is: in a variable, or, if anywhere, in the file of `hf auth login`. */
export type TokenPlace = { variable: "HF_TOKEN" | "HUGGING_FACE_HUB_TOKEN"; token: string } | { file: string };

/**
 * The paths of the official clients, as the environment names them. A `~` at the beginning is the home folder; `$NAME`
 * and `${NAME}` are variables, where they are set. A variable that is empty counts as none.
 *
 * Source: `huggingface_hub.constants`, and
 * https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables.
 *
 * @param userHome - The home folder where `HOME` does not name it.
 */
export function huggingFacePaths(env: Environment, userHome: string): HuggingFacePaths {
  const user = env["HOME"] || userHome;
  const expanded = (path: string): string => withVariables(withHome(path, user), env);
  const caches = env["XDG_CACHE_HOME"] || inside(user, ".cache");
  const home = expanded(env["HF_HOME"] || inside(caches, "huggingface"));
  return {
    home,
    hubCache: expanded(env["HF_HUB_CACHE"] || env["HUGGINGFACE_HUB_CACHE"] || inside(home, "hub")),
    tokenFile: expanded(env["HF_TOKEN_PATH"] || inside(home, "token")),
  };
}

/**
 * Where the official clients take the token from: `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the file of
 * `hf auth login`. It belongs to the hub of `HF_ENDPOINT`, else to the Hugging Face Hub, and to no other.
 *
 * Source: `huggingface_hub.get_token`.
 *
 * @param userHome - The home folder where `HOME` does not name it.
 */
export function tokenPlace(env: Environment, userHome: string): TokenPlace {
  // A variable with nothing but spaces hides the other one, and not the file.
  const variable = env["HF_TOKEN"] ? "HF_TOKEN" : "HUGGING_FACE_HUB_TOKEN";
  const token = cleanToken(env[variable]);
  return token === undefined ? { file: huggingFacePaths(env, userHome).tokenFile } : { variable, token };
}

/** A token without line ends and spaces around it; `undefined` when nothing is left. */
export function cleanToken(text: string | undefined): string | undefined {
  return text?.replace(/[\r\n]/g, "").trim() || undefined;
}

/** As Python's `expanduser` does it. */
function withHome(path: string, user: string): string {
  return /^~(?=[\\/]|$)/.test(path) ? user.replace(/[\\/]+$/, "") + path.slice(1) || "/" : path;
}

/** As Python's `expandvars` does it: what is not set stays as it is written. */
function withVariables(path: string, env: Environment): string {
  return path.replace(
    /\$(\w+)|\$\{([^}]*)\}/g,
    (text, name: string | undefined, braced: string | undefined) => env[name ?? braced ?? ""] ?? text,
  );
}

function inside(folder: string, name: string): string {
  return /[\\/]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
