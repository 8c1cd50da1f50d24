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
  const kinds = new Map<string, T[]>();
  for (const one of all) kinds.set(one.code, [...(kinds.get(one.code) ?? []), one]);
  const shown = all.filter((one) => (kinds.get(one.code) ?? []).indexOf(one) < shownOfEach);
  const others = [...kinds].flatMap(([code, ofKind]) => {
    const rest = ofKind.slice(shownOfEach);
    return rest.length === 0 ? [] : [`and ${rest.length} more ${code}${atLines(rest)}`];
  });
  return { shown, others };
}

function atLines(rest: readonly Coded[]): string {
  const lines = [...new Set(rest.flatMap(({ line }) => (line === undefined ? [] : [line])))];
  if (lines.length === 0) return "";
  const more = lines.length > namedLines ? ", …" : "";
  return `, in ${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, namedLines).join(", ")}${more}`;
}
