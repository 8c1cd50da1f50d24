import { lstat, mkdir, readdir, readFile, readlink, rmdir, stat, symlink, unlink } from "node:fs/promises";
import type { PromiseFsClient } from "isomorphic-git";
import { atomicWrite } from "./atomic-write.ts";

/**
 * The file system as isomorphic-git sees it. It writes files in place, which a crash can leave torn; here every write
 * is atomic, and objects are read-only as git makes them.
 */
export const gitFs: PromiseFsClient = {
  promises: {
    readFile,
    writeFile: (path: string, content: Uint8Array | string) =>
      atomicWrite(path, content, /[\\/]objects[\\/][0-9a-f]{2}[\\/]/.test(path) ? 0o444 : 0o644),
    mkdir,
    rmdir,
    unlink,
    stat,
    lstat,
    readdir,
    readlink,
    symlink,
  },
};
