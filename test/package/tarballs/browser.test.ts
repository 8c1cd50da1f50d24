import { build } from "esbuild";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { expect, inject, it } from "vitest";
import { chatCompletionsServer, type WireAnswer } from "../../agents/chat-completions-server.ts";

const { umbrella } = inject("consumers");

const script: WireAnswer[] = [
  [{ id: "call_1", name: "add", arguments: '{"a":2,"b":3}' }],
  [{ id: "call_2", name: "final_answer", arguments: '{"answer":"It is 5."}' }],
  "Both at once.\n<code>\nconst sums = await Promise.all([add(1, 2), add(3, 4)]);\nfinalAnswer(sums);\n</code>",
];

/** The page's program, bundled from the installed packages: it imports nothing. */
async function bundlePage(): Promise<string> {
  // Inside the project, where its packages are found, and not those of the workspace.
  const folder = join(umbrella, "page");
  await cp(fileURLToPath(new URL("browser", import.meta.url)), folder, { recursive: true });
  const entryPoints = [join(folder, "page.ts")];
  const result = await build({
    entryPoints,
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    minify: true,
  });
  expect(result.warnings).toEqual([]);
  return result.outputFiles[0]?.text ?? "";
}

/** Serves the page, and passes what it asks of the model on to a server of models. */
async function pageServer(program: string, models: string): Promise<AsyncDisposable & { url: string }> {
  const policy = "default-src 'none'; script-src 'self' 'unsafe-eval' blob:; connect-src 'self'";
  const answer = async (request: IncomingMessage): Promise<{ type: string; body: string }> => {
    if (request.url === "/page.js") return { type: "text/javascript", body: program };
    if (request.method !== "POST")
      return { type: "text/html", body: '<body><script type="module" src="page.js"></script>' };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply = await fetch(new URL("chat/completions", `${models}/`), {
      method: "POST",
      body: Buffer.concat(chunks),
    });
    return { type: reply.headers.get("content-type") ?? "", body: await reply.text() };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ type, body }) =>
      response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(body),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

it("a page in a browser runs an agent that calls tools and one that writes code", async () => {
  await using models = await chatCompletionsServer(script);
  await using server = await pageServer(await bundlePage(), models.baseUrl);
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
  await using browser = await chromium.launch({ executablePath, args: [...quiet, "--disable-sync", "--no-first-run"] });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => problems.push(message.text()));
  await page.goto(server.url);
  const shown = await page.locator("#done").textContent({ timeout: 30_000 });
  expect(problems.filter((text) => !text.includes("favicon"))).toEqual([]);
  expect(JSON.parse(shown ?? "")).toEqual(["It is 5.", [3, 7]]);
  expect(models.requests).toHaveLength(script.length);
});
