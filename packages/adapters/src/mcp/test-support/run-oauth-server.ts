import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What the authorization server did since it was asked before. */
export interface OAuthReport {
  /** What tokens were given out for: `"code"`, `"refresh"`. */
  grants: string[];
  /** The names of the clients that have registered. */
  clients: string[];
}

/** A running `oauth-server.ts`. */
export interface OAuthServer extends AsyncDisposable {
  /** Of its MCP server. */
  url: string;
  /** Changes what it does, and asks what it did. */
  tell(changes: { expire?: boolean; refusesUsers?: boolean; refusesRefresh?: boolean }): Promise<OAuthReport>;
}

/** Starts `oauth-server.ts` in a process of its own. */
export async function runOAuthServer(): Promise<OAuthServer> {
  const program = fileURLToPath(new URL("oauth-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@smoltools/source", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = line.toString().trim();
  return {
    url,
    tell: async (changes) => {
      const answer = await fetch(new URL("/test", url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(changes),
      });
      return (await answer.json()) as OAuthReport;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
    },
  };
}
