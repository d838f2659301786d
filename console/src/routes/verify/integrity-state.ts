import { type Address, readChoice, readText, readTz } from "../../parts/read-address.ts";
import { readCell } from "../collect/ledger/ledger-state.ts";

export const hourMs = 3_600_000;

/** How long a look is, and how many hours a cell stands for: one where there is room for it. */
export const ranges = {
  "1d": { title: "A day", hours: 24, cell: { wide: 1, narrow: 1 } },
  "7d": { title: "A week", hours: 168, cell: { wide: 1, narrow: 6 } },
} as const;

export type RangeKey = keyof typeof ranges;

export const usualRange: RangeKey = "7d";

/** What the address says of the Integrity page. */
export interface IntegrityState {
  readonly range?: RangeKey | undefined;
  /** The hour that the look ends before, as 2026-11-20T12; the newest where not given. */
  readonly to?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Only the rows in which something is not well. */
  readonly rows?: "problems" | undefined;
  /** The hour that is open: account, region and its start. */
  readonly cell?: string | undefined;
  readonly tz?: "local" | undefined;
}

const hourShape = /^\d{4}-\d{2}-\d{2}T\d{2}$/;

export function readIntegrityState(address: Address): IntegrityState {
  const [to, cell] = [readText(address, "to"), readText(address, "cell")];
  return {
    range: readChoice(address, "range", ranges, usualRange),
    to: readHour(to) === undefined ? undefined : to,
    account: readText(address, "account"),
    region: readText(address, "region"),
    rows: address["rows"] === "problems" ? "problems" : undefined,
    cell: readCell(cell) === undefined ? undefined : cell,
    tz: readTz(address),
  };
}

export function printHour(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

function readHour(text: string | undefined): number | undefined {
  const at = text !== undefined && hourShape.test(text) ? Date.parse(`${text}:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  /** How long a cell is, milliseconds. */
  readonly cellMs: number;
  /** It ends with what is newest. */
  readonly isNewest: boolean;
}

/** The time that is looked at: up to the hour the address names, around the hour that is open, or up to what is newest. */
export function spanOf(state: IntegrityState, newest: number, isNarrow: boolean): Span {
  const { hours, cell } = ranges[state.range ?? usualRange];
  const cellMs = (isNarrow ? cell.narrow : cell.wide) * hourMs;
  const end = Math.floor(newest / cellMs) * cellMs + cellMs;
  const length = hours * hourMs;
  const open = readCell(state.cell)?.from;
  let to = readHour(state.to) ?? end;
  // A link to an hour shows it, however long ago it was.
  if (open !== undefined && (open < to - length || open >= to)) to = Math.floor(open / dayMs) * dayMs + dayMs;
  to = Math.ceil(to / cellMs) * cellMs;
  return to >= end
    ? { from: end - length, to: end, cellMs, isNewest: true }
    : { from: to - length, to, cellMs, isNewest: false };
}

const dayMs = 24 * hourMs;

/** The same time in longer cells, where the server told it in such. */
export function widenSpan(span: Span, cellMs: number): Span {
  if (cellMs <= span.cellMs) return span;
  const from = Math.floor(span.from / cellMs) * cellMs;
  return { ...span, from, to: Math.ceil(span.to / cellMs) * cellMs, cellMs };
}

/** The address of the look before or after; the newest needs no name. */
export function stepSpan(span: Span, by: 1 | -1, newest: number): Pick<IntegrityState, "to" | "cell"> {
  const to = span.to + by * (span.to - span.from);
  return { to: to > newest ? undefined : printHour(to), cell: undefined };
}
