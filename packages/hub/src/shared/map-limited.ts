/**
 * Does work for each item, some at a time, and gives the results in the order of the items. After the first that fails
 * none is begun any more.
 *
 * @param limit - How many at the same time.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let isOver = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (isOver) return;
      results[index] = await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  } finally {
    isOver = true;
  }
  return results;
}
