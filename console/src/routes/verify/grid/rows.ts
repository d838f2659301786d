import type { CellStanding, GridCell, VerdictKind } from "../../../verify-api.ts";
import type { Span } from "../integrity-state.ts";

/** What a cell shows: one hour, or several where there is no room for each. */
export interface Cell {
  readonly from: number;
  readonly to: number;
  /** The hour that a click opens: the first of those that stand worst. */
  readonly hour: number;
  /** How the worst hour stands; nothing was delivered where there is none. */
  readonly standing: CellStanding | "nothing";
  readonly logFiles: Partial<Readonly<Record<VerdictKind, number>>>;
  readonly digests: number;
}

/** An account in a region over time. */
export interface Row {
  readonly accountId: string;
  readonly region: string;
  readonly cells: readonly Cell[];
  readonly worst: CellStanding;
}

/** The worst last. */
const order: readonly CellStanding[] = ["proven", "waiting", "unproven", "gap", "broken"];

export function isProblem(standing: CellStanding | "nothing"): boolean {
  return standing === "gap" || standing === "broken" || standing === "unproven";
}

/** Hours as rows of cells, by account and region. */
export function rowsOf(hours: readonly GridCell[], span: Span): readonly Row[] {
  const count = Math.round((span.to - span.from) / span.cellMs);
  const rows = new Map<string, { accountId: string; region: string; hours: GridCell[][] }>();
  for (const hour of hours) {
    const index = Math.floor((Date.parse(hour.hour) - span.from) / span.cellMs);
    if (!(index >= 0 && index < count)) continue;
    const key = `${hour.account}/${hour.region}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { accountId: hour.account, region: hour.region, hours: Array.from({ length: count }, () => []) };
      rows.set(key, row);
    }
    row.hours[index]?.push(hour);
  }
  return [...rows.values()]
    .map(({ accountId, region, hours: cells }) => ({
      accountId,
      region,
      cells: cells.map((each, index) => toCell(each, span.from + index * span.cellMs, span.cellMs)),
      worst: worstOf(cells.flat()).standing,
    }))
    .sort((a, b) => compare(a.accountId, b.accountId) || compare(a.region, b.region));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first of the hours that stand worst. */
function worstOf(hours: readonly GridCell[]): { readonly standing: CellStanding; readonly at: number | undefined } {
  let worst: GridCell | undefined;
  for (const hour of hours) {
    const by = worst === undefined ? 1 : order.indexOf(hour.standing) - order.indexOf(worst.standing);
    if (by > 0 || (by === 0 && worst !== undefined && hour.hour < worst.hour)) worst = hour;
  }
  return { standing: worst?.standing ?? "proven", at: worst === undefined ? undefined : Date.parse(worst.hour) };
}

function toCell(hours: readonly GridCell[], from: number, cellMs: number): Cell {
  const to = from + cellMs;
  if (hours.length === 0) return { from, to, hour: from, standing: "nothing", logFiles: {}, digests: 0 };
  const logFiles: Partial<Record<VerdictKind, number>> = {};
  for (const hour of hours) {
    for (const [kind, files] of Object.entries(hour.logFiles) as [VerdictKind, number][])
      logFiles[kind] = (logFiles[kind] ?? 0) + files;
  }
  const { standing, at } = worstOf(hours);
  const digests = hours.reduce((sum, hour) => sum + hour.digests, 0);
  return { from, to, hour: at ?? from, standing, logFiles, digests };
}

/** The columns before which a day begins, in the zone that is shown; the first is none. */
export function dayStarts(span: Span, dayOf: (at: number) => string): ReadonlySet<number> {
  const starts = new Set<number>();
  const count = Math.round((span.to - span.from) / span.cellMs);
  for (let index = 1; index < count; index++) {
    const at = span.from + index * span.cellMs;
    if (dayOf(at) !== dayOf(at - span.cellMs)) starts.add(index);
  }
  return starts;
}
