/** The middle of several values. */
export function median(values: readonly number[]): number {
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

/** The same for work whose result is needed afterwards. */
export async function timedResult<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

const runsSoFar = new Set<number>();

/** How often things were measured in turn since this was asked last; `undefined` where nothing was. */
export function takeRuns(): { least: number; most: number } | undefined {
  const runs = [...runsSoFar];
  runsSoFar.clear();
  return runs.length === 0 ? undefined : { least: Math.min(...runs), most: Math.max(...runs) };
}

/**
 * Measures several things in turn, A B C A B C …, so that a change of the machine's speed hits all of them alike.
 *
 * @param subjects - Each does its work once and returns the figure of that run.
 * @param runs - Runs that count; one more goes before them to warm up.
 * @returns The figures of each, in order: those of one round stand at the same place.
 */
export async function rounds<Name extends string>(
  subjects: Record<Name, () => number | Promise<number>>,
  runs: number,
): Promise<Record<Name, number[]>> {
  runsSoFar.add(runs);
  const names = Object.keys(subjects) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let run = 0; run <= runs; run++) {
    for (const name of names) {
      const figure = await subjects[name]();
      if (run > 0) figures[name].push(figure);
    }
  }
  return figures;
}

/** The same, with no more than the median of each. */
export async function interleaved<Name extends string>(
  subjects: Record<Name, () => number | Promise<number>>,
  runs: number,
): Promise<Record<Name, number>> {
  const figures = await rounds(subjects, runs);
  const names = Object.keys(subjects) as Name[];
  return Object.fromEntries(names.map((name) => [name, median(figures[name])])) as Record<Name, number>;
}

/** The median of the ratios of two figures in the same round: a machine that changes its speed changes both. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)));
}

/** Milliseconds for one of many repetitions. */
export async function each(times: number, work: () => unknown): Promise<number> {
  const total = await timed(async () => {
    for (let i = 0; i < times; i++) await work();
  });
  return total / times;
}
