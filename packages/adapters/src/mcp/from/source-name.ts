import { basename, isAbsolute, relative } from "node:path";
import process from "node:process";
import type { McpHttpServer, McpStdioServer } from "./mcp-server.ts";

const secretName = /key|token|secret|passw|auth|credential|cookie/i;
const secretValue = /\b(?:bearer|basic)\s|^(?:sk-|pk-|gh[a-z]_|github_pat_|hf_|xox[a-z]-|AKIA|eyJ)/i;
const hidden = "***";

/**
 * Names a server by what starts it or where it is, without what looks like a secret: the name goes into errors and lock
 * files.
 */
export function sourceName(server: McpStdioServer | McpHttpServer): string {
  if ("url" in server) {
    // What is behind the path, or before the host, is where tokens are.
    const { origin, pathname } = new URL(server.url);
    return `mcp:${origin}${pathname}`;
  }
  const { command, args = [], cwd = process.cwd() } = server;
  const words = withoutSecrets(args).map((arg) => withoutFolder(arg, cwd));
  return `mcp:${[isAbsolute(command) ? basename(command) : command, ...words].join(" ")}`;
}

/** Where a project lies differs from machine to machine, and lock files are shared. */
function withoutFolder(arg: string, folder: string): string {
  if (!isAbsolute(arg)) return arg;
  const path = relative(folder, arg);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? arg : path;
}

function withoutSecrets(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const [, name, value] = /^(--?[\w-]+|\w+)=(.*)$/s.exec(arg) ?? [];
    if (name !== undefined && value !== undefined) {
      return secretName.test(name) || secretValue.test(value) ? `${name}=${hidden}` : withoutUser(arg);
    }
    const before = args[index - 1] ?? "";
    const isNamed = /^--?[\w-]+$/.test(before) && secretName.test(before) && !arg.startsWith("-");
    return isNamed || secretValue.test(arg) ? hidden : withoutUser(arg);
  });
}

/** Addresses of databases have the password in them. */
function withoutUser(text: string): string {
  return text.replace(/:\/\/[^/@\s]+@/g, `://${hidden}@`);
}

/** What must not be in errors about a server: the values of its environment, its headers, and secrets among its arguments. */
export function secretsOf(server: McpStdioServer | McpHttpServer): string[] {
  if ("url" in server) {
    const { username, password, searchParams } = new URL(server.url);
    return [...Object.values(server.headers ?? {}), username, password, ...searchParams.values()];
  }
  const args = server.args ?? [];
  const kept = withoutSecrets(args);
  const secretArgs = args.filter((arg, index) => arg !== kept[index]);
  const within = secretArgs.flatMap((arg) => {
    const [, user = ""] = /:\/\/([^/@\s]+)@/.exec(arg) ?? [];
    // A header has its scheme before the secret.
    return [arg, arg.replace(/^[^=]*=/s, ""), user, user.replace(/^[^:]*:/, ""), arg.replace(/^.*\s/s, "")];
  });
  return [...Object.values(server.env ?? {}), ...within];
}
