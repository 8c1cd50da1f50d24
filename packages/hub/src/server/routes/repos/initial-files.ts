import type { HubLimits } from "../../hub-limits.ts";
import { objectList, optionalText, textField } from "../../http/request/fields.ts";
import { checkFilePath } from "../../repo/file-path.ts";
import type { RepoKey } from "../../repo/repo-key.ts";
import { decodeContent } from "../commits/decode-content.ts";

/** Git clients leave line ends as they are: what was published is what is checked out, byte for byte. */
const gitAttributes = "* -text\n";

/**
 * The files of the first commit of a repo: `.gitattributes`, a README.md where one is needed, and what the client
 * sends along.
 *
 * A Space has a README.md from the start: the Python client refuses to add metadata to one that has none. Protocol
 * section 1.2.
 *
 * @param fields - The body of the request: `license` and `files` are used.
 * @throws HubServerError `HUB_BAD_REQUEST` or `HUB_TOO_LARGE` that names the file.
 */
export function initialFiles(
  key: RepoKey,
  sdk: string | undefined,
  fields: Record<string, unknown>,
  limits: HubLimits,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([[".gitattributes", Buffer.from(gitAttributes)]]);
  const license = optionalText(fields, "license");
  if (sdk !== undefined || license !== undefined) files.set("README.md", Buffer.from(readme(key, sdk, license)));
  for (const file of objectList(fields, "files")) {
    const path = textField(file, "path");
    checkFilePath(path);
    files.set(path, decodeContent(path, file, limits.maxRegularFileBytes));
  }
  return files;
}

function readme(key: RepoKey, sdk: string | undefined, license: string | undefined): string {
  const space = ["emoji: 🔧", "colorFrom: blue", "colorTo: indigo", `sdk: ${sdk}`];
  const gradio = ["app_file: app.py"];
  const lines = [
    "---",
    `title: ${JSON.stringify(key.name)}`,
    ...(sdk === undefined ? [] : space),
    ...(sdk === "gradio" ? gradio : []),
    ...(license === undefined ? [] : [`license: ${JSON.stringify(license)}`]),
    ...(sdk === undefined ? [] : ["pinned: false"]),
    "---",
    "",
    `# ${key.name}`,
    "",
  ];
  return lines.join("\n");
}
