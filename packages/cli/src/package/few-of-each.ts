/** Most warnings of one kind that are shown in full: sixty fields without words would bury what matters. */
const shownOfEach = 3;

/** Most lines that are named of the others. */
const namedLines = 12;

/** Something that is shown by its kind. */
interface Coded {
  code: string;
  line?: number | undefined;
}

/** The first of each kind, and a line about the others of it. */
export function fewOfEach<T extends Coded>(all: readonly T[]): { shown: T[]; others: string[] } {
  const shown: T[] = [];
  const kinds = new Map<string, { shown: number; rest: T[] }>();
  for (const one of all) {
    const kind = kinds.get(one.code) ?? { shown: 0, rest: [] };
    kinds.set(one.code, kind);
    if (kind.shown < shownOfEach) {
      kind.shown += 1;
      shown.push(one);
    } else kind.rest.push(one);
  }
  const others = [...kinds]
    .filter(([, { rest }]) => rest.length > 0)
    .map(([code, { rest }]) => `and ${rest.length} more ${code}${atLines(rest)}`);
  return { shown, others };
}

function atLines(rest: readonly Coded[]): string {
  const lines = [...new Set(rest.flatMap(({ line }) => (line === undefined ? [] : [line])))];
  if (lines.length === 0) return "";
  const more = lines.length > namedLines ? ", …" : "";
  return `, in ${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, namedLines).join(", ")}${more}`;
}
