/** Types that a browser shows without running anything. */
const shown: ReadonlyMap<string, string> = new Map([
  ["json", "application/json"],
  ["pdf", "application/pdf"],
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
  ["avif", "image/avif"],
  ["mp3", "audio/mpeg"],
  ["wav", "audio/wav"],
  ["flac", "audio/flac"],
  ["ogg", "audio/ogg"],
  ["mp4", "video/mp4"],
  ["webm", "video/webm"],
]);

const text: ReadonlySet<string> = new Set(
  `txt md mdx csv tsv yaml yml toml ini cfg lock sh py ipynb js mjs cjs jsx ts mts cts tsx css html htm xhtml svg xml
   rs go java c h cpp gitattributes gitignore license sig jsonl ndjson`.split(/\s+/),
);

/**
 * The content type that a file of a repo is sent with. Whatever a browser could run (HTML, SVG, scripts) is plain text:
 * a repo must not be able to act in the name of the hub's origin.
 */
export function mediaType(path: string): string {
  const extension = /\.?([^./]*)$/.exec(path.toLowerCase())?.[1] ?? "";
  if (text.has(extension)) return "text/plain; charset=utf-8";
  return shown.get(extension) ?? "application/octet-stream";
}
