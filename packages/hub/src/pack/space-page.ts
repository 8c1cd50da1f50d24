import { renderDeclarations } from "@smoltools/core";
import type { Manifest } from "../manifest/manifest.ts";
import { permissionsText } from "../manifest/permissions.ts";
import { usageOf } from "./usage.ts";

/**
 * The page `index.html` of a package, for Spaces that show nothing else: what its tools take, and how they are loaded.
 *
 * It has no script, loads nothing from elsewhere, and everything of the package is in it as text.
 */
export function spacePage(manifest: Omit<Manifest, "files" | "integrity">): string {
  const { name, version, description, permissions, tools } = manifest;
  const blocks = usageOf(manifest).map(({ title, code }) => `<h2>${escapeHtml(title)}</h2>\n${codeBlock(code)}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(name)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid; border-radius: 0.5rem; white-space: pre-wrap; }
</style>
</head>
<body>
<h1>${escapeHtml(name)} ${escapeHtml(version)}</h1>
<p>${escapeHtml(description)}</p>
<p>Permissions: ${escapeHtml(permissionsText(permissions))}.</p>
${blocks.join("\n")}
<h2>Tools</h2>
${codeBlock(renderDeclarations(tools))}
<h2>Schemas</h2>
${tools.map(({ inputSchema, outputSchema }) => codeBlock(JSON.stringify({ inputSchema, outputSchema }, null, 2))).join("\n")}
</body>
</html>
`;
}

function codeBlock(text: string): string {
  return `<pre><code>${escapeHtml(text)}</code></pre>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML reads as the text, wherever it stands. Control characters, which HTML forbids, go. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "").replace(/[^\P{Cc}\n\t]/gu, "");
}
