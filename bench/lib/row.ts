/** One measured figure, ours beside that of a peer in the same run. */
export interface Row {
  metric: string;
  unit: string;
  ours: number;
  /** Absent where nothing comparable exists. */
  peer: number | null;
  peerName: string | null;
  /** Ours divided by the peer's: below 1 is less than the peer. */
  ratio: number | null;
  /** What was aimed at, in words. */
  target: string | null;
  met: boolean | null;
}

/** A target for a figure. */
export interface Target {
  text: string;
  met: (row: { ours: number; ratio: number | null }) => boolean;
}

/** Makes a row of medians. The ratio is that of the two unless it was measured round by round. */
export function row(
  metric: string,
  unit: string,
  ours: number,
  peer?: { name: string; value: number; ratio?: number },
  target?: Target,
): Row {
  const ratio = peer ? (peer.ratio ?? ours / peer.value) : null;
  return {
    metric,
    unit,
    ours: rounded(ours),
    peer: peer ? rounded(peer.value) : null,
    peerName: peer?.name ?? null,
    ratio: ratio === null ? null : rounded(ratio),
    target: target?.text ?? null,
    met: target ? target.met({ ours, ratio }) : null,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
