import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { defaultBranch } from "../../repo/ref-name.ts";
import { flush } from "./files/atomic-write.ts";

/** `gc.auto`: when objects are packed is for whoever runs the hub to say, never for a git that happens to come by. */
const config = `[core]
	repositoryformatversion = 0
	filemode = false
	bare = true
[gc]
	auto = 0
`;

/** Makes an empty bare repository. Nothing of it is lost in a crash once this is done. */
export async function initRepository(gitdir: string): Promise<void> {
  await mkdir(gitdir);
  for (const folder of ["objects", "refs", "refs/heads", "refs/tags"]) await mkdir(join(gitdir, folder));
  await writeNew(join(gitdir, "HEAD"), `ref: refs/heads/${defaultBranch}\n`);
  await writeNew(join(gitdir, "config"), config);
  await Promise.all([gitdir, join(gitdir, "refs")].map(flush));
}

async function writeNew(path: string, text: string): Promise<void> {
  await using file = await open(path, "wx");
  await file.writeFile(text);
  await file.sync();
}
