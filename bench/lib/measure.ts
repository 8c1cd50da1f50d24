/** The middle of several values. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures several things in turn, A B C A B C …, so that a change of the machine's speed hits all of them alike.
 *
 * @param subjects - Each does its work once and returns the figure of that run.
 * @param runs - Runs that count; one more goes before them to warm up.
 * @returns The median of each.
 */
export async function interleaved<Name extends string>(
  subjects: Record<Name, () => number | Promise<number>>,
  runs: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(subjects) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run <= runs; run++) {
    for (const name of names) {
      const figure = await subjects[name]();
      if (run > 0) figures.get(name)?.push(figure);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name) ?? [])])) as Record<Name, number>;
}

/** Milliseconds for one of many repetitions. */
export async function each(times: number, work: () => unknown): Promise<number> {
  const total = await timed(async () => {
    for (let i = 0; i < times; i++) await work();
  });
  return total / times;
}
