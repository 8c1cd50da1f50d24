import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { serveHub } from "@smoltools/hub/server";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/hub-connection.ts";
import { UsageError } from "../cli/usage-error.ts";

/** `smoltools serve` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env, signal } = context;
  const user = textOption(context, "user") ?? "me";
  // A token that is given stays the same from start to start; it is never printed then.
  const given = env["SMOLTOOLS_HUB_TOKEN"];
  const token =
    given ||
    `hf_${randomBytes(24)
      .toString("base64url")
      .replace(/[^A-Za-z0-9]/g, "x")}`;
  const publicUrl = textOption(context, "public-url");
  await using server = await serveHub({
    root: resolve(textOption(context, "root") ?? "smoltools-hub"),
    host: textOption(context, "host") ?? "127.0.0.1",
    port: portNumber(textOption(context, "port") ?? "7860"),
    ...(publicUrl !== undefined && { publicUrl }),
    tokens: [{ token, user, role: "write" }],
  });
  out.line(`${out.style("green", "hub")} ${server.url}`);
  out.line();
  out.line("In another terminal:");
  out.line(`  export HF_ENDPOINT=${server.url}`);
  out.line(given ? '  export HF_TOKEN="$SMOLTOOLS_HUB_TOKEN"' : `  export HF_TOKEN=${token}`);
  out.line(`  smoltools push weather.ts ${user}/weather --version 1.0.0`);
  out.line();
  out.line("Ctrl-C ends it.");
  out.result({ url: server.url, user, ...(!given && { token }) });
  await aborted(signal);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text} is not a port: use 0 to 65535`);
  return port;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
