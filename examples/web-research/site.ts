import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { marked } from "marked";

const folder = new URL("../../docs/guide/", import.meta.url);

/** The guides of smoltools as a web site on this machine, with a search that answers in JSON. */
export async function startSite(): Promise<{ host: string; visited: string[] } & AsyncDisposable> {
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const textOf = (page: string): string => readFileSync(new URL(page, folder), "utf8");
  const visited: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    visited.push(pathname);
    if (pathname === "/search") return void response.end(JSON.stringify({ hits: search(searchParams.get("q") ?? "") }));
    const page = pages.find((name) => pathname === `/${name.replace(".md", ".html")}`);
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    return void response.end(
      page && `<title>${page}</title><main>${marked.parse(textOf(page), { async: false })}</main>`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Pages by how often they have the words of the query. */
  function search(query: string): { title: string; url: string; content: string }[] {
    const words = query
      .toLowerCase()
      .split(/\W+/)
      .filter((word) => word.length > 2);
    const score = (text: string) => words.reduce((sum, word) => sum + text.toLowerCase().split(word).length - 1, 0);
    return pages
      .map((page) => ({ page, text: textOf(page) }))
      .sort((a, b) => score(b.text) - score(a.text))
      .slice(0, 5)
      .map(({ page, text }) => {
        const [title = "", , content = ""] = text.split("\n");
        return { title: title.slice(2), url: `http://${host}/${page.replace(".md", ".html")}`, content };
      });
  }

  return {
    host,
    visited,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
