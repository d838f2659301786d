import type { LedgerHour } from "../../../collect-api.ts";

/** Where the log files of a stretch of time stand: the worst of them speaks for all. */
export type CellState = "empty" | "complete" | "waiting" | "missing" | "failing";

export interface Cell {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly state: CellState;
  readonly known: number;
  readonly read: number;
  readonly failing: number;
  readonly noticed: number;
  readonly listed: number;
  readonly named: number;
  readonly leftOut: number;
}

/** An account in a region over time. */
export interface Strip {
  readonly accountId: string;
  readonly region: string;
  readonly cells: readonly Cell[];
  readonly known: number;
  readonly read: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly cellMs: number;
}

/** A log file that is heard of and not read after this counts as missing, no longer as on its way. */
const onItsWayMs = 3_600_000;

/** The time that is shown: up to now, or up to the newest hour where that is ahead of now, as a sandbox's clock may be. */
export function spanOf(
  hours: readonly LedgerHour[],
  { spanMs, cellMs }: { readonly spanMs: number; readonly cellMs: number },
  now: number,
): Span {
  const newest = hours.reduce((latest, { hour }) => Math.max(latest, Date.parse(hour)), now);
  const to = Math.floor(newest / cellMs) * cellMs + cellMs;
  return { from: to - Math.ceil(spanMs / cellMs) * cellMs, to, cellMs };
}

/** Hours as strips of cells, by account and region; kinds of log files together. */
export function stripsOf(hours: readonly LedgerHour[], span: Span, now: number): readonly Strip[] {
  const count = Math.round((span.to - span.from) / span.cellMs);
  const strips = new Map<string, { accountId: string; region: string; sums: (Sums | undefined)[] }>();
  for (const hour of hours) {
    const at = Date.parse(hour.hour);
    if (at < span.from || at >= span.to) continue;
    const key = `${hour.accountId}/${hour.region}`;
    let strip = strips.get(key);
    if (strip === undefined) {
      const { accountId, region } = hour;
      strip = { accountId, region, sums: Array.from({ length: count }) };
      strips.set(key, strip);
    }
    const index = Math.floor((at - span.from) / span.cellMs);
    strip.sums[index] = add(strip.sums[index], hour, at, now);
  }
  return [...strips.values()]
    .map(({ accountId, region, sums }) => {
      const cells = sums.map((sum, index) => toCell(sum, span.from + index * span.cellMs, span.cellMs));
      const [known, read] = [total(cells, "known"), total(cells, "read")];
      return { accountId, region, cells, known, read };
    })
    .sort((a, b) => a.accountId.localeCompare(b.accountId) || a.region.localeCompare(b.region));
}

interface Sums {
  known: number;
  read: number;
  failing: number;
  noticed: number;
  listed: number;
  named: number;
  leftOut: number;
  /** Not read, not failing, and heard of long ago. */
  missing: number;
}

function add(sums: Sums | undefined, hour: LedgerHour, at: number, now: number): Sums {
  const waiting = hour.known - hour.read - hour.failing;
  const isLate = at + 2 * onItsWayMs <= now;
  return {
    known: (sums?.known ?? 0) + hour.known,
    read: (sums?.read ?? 0) + hour.read,
    failing: (sums?.failing ?? 0) + hour.failing,
    noticed: (sums?.noticed ?? 0) + hour.noticed,
    listed: (sums?.listed ?? 0) + hour.listed,
    named: (sums?.named ?? 0) + hour.named,
    leftOut: (sums?.leftOut ?? 0) + hour.leftOut,
    missing: (sums?.missing ?? 0) + (isLate ? waiting : 0),
  };
}

function toCell(sums: Sums | undefined, from: number, cellMs: number): Cell {
  const to = from + cellMs;
  if (sums === undefined || sums.known === 0) {
    const { noticed = 0, listed = 0, named = 0, leftOut = 0 } = sums ?? {};
    return { from, to, state: "empty", known: 0, read: 0, failing: 0, noticed, listed, named, leftOut };
  }
  const { missing, ...counts } = sums;
  const state =
    counts.failing > 0 ? "failing" : missing > 0 ? "missing" : counts.read < counts.known ? "waiting" : "complete";
  return { from, to, state, ...counts };
}

function total(cells: readonly Cell[], name: "known" | "read"): number {
  return cells.reduce((sum, cell) => sum + cell[name], 0);
}
