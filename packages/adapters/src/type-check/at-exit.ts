import process from "node:process";

const works = new Set<() => void>();

/**
 * Has something done when the process ends, as the last thing: it cannot wait for anything.
 *
 * All of it hangs on one listener, since Node takes more than ten for a leak.
 *
 * @returns What takes it back.
 */
export function atExit(work: () => void): () => void {
  if (works.size === 0) process.on("exit", doAll);
  works.add(work);
  return () => {
    works.delete(work);
    if (works.size === 0) process.off("exit", doAll);
  };
}

function doAll(): void {
  for (const work of works) work();
}
