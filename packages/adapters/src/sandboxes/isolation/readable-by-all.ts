import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

const readByOthers = 0o004;
const enterByOthers = 0o001;

/** Whether every user of the machine can read a file, or list a folder: by its mode and those of the folders above. */
export function isReadableByAll(path: string): boolean {
  try {
    return [path, realpathSync(path)].every(isOpen);
  } catch {
    return false;
  }
}

function isOpen(path: string): boolean {
  const stats = statSync(path);
  const needed = stats.isDirectory() ? readByOthers | enterByOthers : readByOthers;
  return (stats.mode & needed) === needed && foldersAbove(path).every(canBeEntered);
}

function canBeEntered(folder: string): boolean {
  return (statSync(folder).mode & enterByOthers) !== 0;
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}
