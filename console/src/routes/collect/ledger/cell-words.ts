import { formatDay, formatShortInstant, type Zone } from "../../../parts/instants.ts";
import { countOf, formatNumber } from "../../../parts/numbers.ts";
import type { Cell, CellState } from "./strips.ts";

/** Each state with its word and its sign. */
export const stateWords: Readonly<Record<CellState, readonly [word: string, sign: string]>> = {
  complete: ["complete", ""],
  waiting: ["waiting", "·"],
  missing: ["missing", "?"],
  failing: ["failing", "!"],
  empty: ["nothing known", ""],
};

/** When a cell was, as short as can be. */
export function cellTime({ from, to }: Pick<Cell, "from" | "to">, zone: Zone): string {
  const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  if (to - from >= 86_400_000 && zone === "utc") return formatDay(start, zone);
  return `${formatShortInstant(start, zone)} to ${formatShortInstant(end, zone).slice(-5)}`;
}

/** What a cell says in words. */
export function cellCounts(cell: Cell): string {
  const { state, known, read, failing, noticed, listed, named, leftOut } = cell;
  const aside = leftOut === 0 ? "" : `; ${formatNumber(leftOut)} left out on purpose`;
  if (state === "empty") return `nothing known${aside}`;
  const waiting = known - read - failing;
  const parts = [
    `${stateWords[state][0]}: ${formatNumber(read)} of ${countOf(known, "log file")} read`,
    ...(failing > 0 ? [`${formatNumber(failing)} failing`] : []),
    ...(waiting > 0 ? [`${formatNumber(waiting)} ${state === "waiting" ? "on the way" : "not there"}`] : []),
    `${formatNumber(noticed)} in notices, ${formatNumber(listed)} in listings, ${formatNumber(named)} in digests`,
  ];
  return parts.join(", ") + aside;
}
