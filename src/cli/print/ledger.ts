import type { LedgerEntryAnswer, LedgerHourAnswer, LedgerTotalsAnswer } from "../../server/index.ts";
import { plural, printCount, printShare } from "./figures.ts";
import { printTable } from "./table.ts";

const nameMax = 400;

/** How complete a selection is, and why not. */
export function printTotals(totals: LedgerTotalsAnswer): string {
  const rows: readonly (readonly [name: string, text: string])[] = [
    [
      "complete",
      totals.known === 0
        ? "no log file is known yet"
        : `${printShare(totals.completeness)}, ${printCount(totals.read)} of ${plural(totals.known, "log file")}`,
    ],
    ["waiting", printCount(totals.waiting)],
    ["failing", printCount(totals.failing)],
    ["left out", printCount(totals.leftOut)],
    ["noticed", `${printCount(totals.noticed)}, by messages`],
    ["listed", `${printCount(totals.listed)}, in buckets`],
    ["named", `${printCount(totals.named)}, by digests`],
    ["digests", digestsText(totals)],
  ];
  return rows.map(([name, text]) => `${name.padEnd(9)} ${text}\n`).join("");
}

/** They are no log files: what is said of completeness is not about them. */
function digestsText({ digests: { known, read, failing } }: LedgerTotalsAnswer): string {
  if (known === 0) return "none is known";
  const left = failing === 0 ? "" : `, ${printCount(failing)} failing`;
  return `${printCount(read)} of ${printCount(known)} collected${left}`;
}

export function printHours(hours: readonly LedgerHourAnswer[], columns: number): string {
  const place = ["hour", "account", "region", "kind"];
  const header = [...place, "read", "known", "noticed", "listed", "named", "failing", "left out"];
  const rows = hours.map((hour) => [
    hour.hour.slice(0, 16).replace("T", " "),
    hour.accountId === "" ? "(none)" : hour.accountId,
    hour.region === "" ? "(none)" : hour.region,
    hour.kind,
    ...[hour.read, hour.known, hour.noticed, hour.listed, hour.named, hour.failing, hour.leftOut].map(printCount),
  ]);
  return printTable(header, rows, columns);
}

export function printMissing(entries: readonly LedgerEntryAnswer[], columns: number): string {
  const header = ["state", "tries", "next try", "reason", "name"];
  const rows = entries.map(({ state, tries, nextTryAt, problem, name }) => [
    state,
    printCount(tries),
    nextTryAt === null ? "—" : nextTryAt.slice(0, 19).replace("T", " "),
    problem ?? "—",
    name,
  ]);
  // Names are what people come for: they are whole, however narrow the terminal.
  return printTable(header, rows, columns === 0 ? 0 : columns + nameMax, nameMax);
}
