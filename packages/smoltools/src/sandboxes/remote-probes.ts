import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment, SandboxKind, SandboxProbe } from "./sandbox-ability.ts";
import { packageVersion } from "./versions.ts";

/** A provider of machines. */
interface Provider {
  kind: SandboxKind;
  title: string;
  packageName: string;
  /** The oldest version that fits, for the hint. */
  version: string;
  /** Variables that hold the credentials, all of them. */
  variables: readonly string[];
  /** Where the provider's own command keeps credentials. */
  file?: (environment: Environment) => string;
}

const providers: readonly Provider[] = [
  { kind: "e2b", title: "E2B", packageName: "e2b", version: "^2.51.0", variables: ["E2B_API_KEY"] },
  {
    kind: "modal",
    title: "Modal",
    packageName: "modal",
    version: "^0.11.1",
    variables: ["MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET"],
    file: ({ MODAL_CONFIG_PATH: path }) => path || join(homedir(), ".modal.toml"),
  },
  {
    kind: "blaxel",
    title: "Blaxel",
    packageName: "@blaxel/core",
    version: "^0.3.21",
    variables: ["BL_API_KEY", "BL_WORKSPACE"],
    file: () => join(homedir(), ".blaxel", "config.yaml"),
  },
];

/** The sandboxes on machines of others. Nobody is asked: whether a key is accepted shows with the first sandbox. */
export const remoteProbes: readonly SandboxProbe[] = providers.map(({ kind, title, packageName, ...provider }) => ({
  kind,
  languages: ["javascript", "python"],
  examine: async (environment) => {
    const [version, key] = await Promise.all([packageVersion(packageName), credentials(provider, environment)]);
    const problems = [
      version === undefined ? `install its library: npm install "${packageName}@${provider.version}"` : [],
      key === undefined ? `set its credentials: ${provider.variables.join(" and ")}` : [],
    ].flat();
    return {
      found: { [packageName]: version, key },
      problem: problems.length > 0 ? `${title} cannot be used yet: ${problems.join("; ")}` : undefined,
    };
  },
}));

/** Where the credentials are, never what they are. */
async function credentials(
  { variables, file }: Pick<Provider, "variables" | "file">,
  environment: Environment,
): Promise<string | undefined> {
  if (variables.every((name) => environment[name])) return variables.join(", ");
  const path = file?.(environment);
  if (path === undefined) return undefined;
  try {
    await access(path);
    return path;
  } catch {
    return undefined;
  }
}
