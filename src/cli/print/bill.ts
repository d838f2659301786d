import { printDollars } from "../../base/print-dollars.ts";
import type { BillAnswer, CostAnswer, ReplayAnswer } from "../../server/index.ts";
import { printCount } from "./figures.ts";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

/** What the trails cost a month, line by line, with where each price stands. */
export function printBill(bill: BillAnswer, columns: number): string {
  const rows = bill.lines.map(({ what, trailArn, quantity, unit, unitPrice, amountMicros, isFree, isAtMost }) => [
    what,
    trailArn.slice(trailArn.lastIndexOf("/") + 1),
    `${isAtMost ? "≤ " : ""}${printCount(Math.round(quantity))} ${unit}`,
    isFree ? "—" : unitPrice,
    isFree ? "free" : printDollars(amountMicros),
  ]);
  const sources = [...new Set(bill.lines.filter(({ isFree }) => !isFree).map(({ source }) => source))];
  return [
    rows.length === 0 ? "" : `${printTable(["what", "trail", "a month", "USD", "amount"], rows, columns)}\n`,
    `In all ${printDollars(bill.totalMicros)} a month${addedText(bill)}\n`,
    `${safeText(bill.basis)}\n`,
    ...sources.map((source) => `Price: ${safeText(source)}\n`),
    ...[...bill.warnings, ...bill.unknowns].map((line) => `• ${safeText(line)}\n`),
  ].join("");
}

/** The bill of a plan, in a few lines. */
export function printBillChange(bill: BillAnswer): string {
  const { addedMicros, totalMicros, basis, warnings } = bill;
  return [
    `Cost: ${addedMicros === null ? printDollars(totalMicros) : `${printDollars(addedMicros)} more`} a month, ${printDollars(totalMicros)} in all\n`,
    `  ${safeText(basis)}\n`,
    ...warnings.map((warning) => `• ${safeText(warning)}\n`),
  ].join("");
}

const namesMax = 20;

/** What other selectors would have done to the events that are stored, the dearest names first. */
export function printReplay(replay: ReplayAnswer, columns: number): string {
  const { looked, days, kept, dropped, droppedFree, added, savedMicros, names, otherNames, notes } = replay;
  const rows = names
    .slice(0, namesMax)
    .map((row) => [
      row.service,
      row.eventName,
      printCount(Math.round(row.dropped)),
      printCount(Math.round(row.added)),
      printDollars(row.savedMicros),
    ]);
  const more = names.length - rows.length + otherNames;
  return [
    `${savedMicros < 0 ? `It would cost ${printDollars(-savedMicros)} more` : `It would save ${printDollars(savedMicros)}`} a month`,
    `, by ${printCount(looked)} events of ${days} days\n`,
    `A month: ${printCount(Math.round(kept))} events kept, ${printCount(Math.round(dropped))} dropped`,
    ` (${printCount(Math.round(droppedFree))} of them are free now), ${printCount(Math.round(added))} added\n`,
    rows.length === 0 ? "" : `\n${printTable(["service", "event", "dropped", "added", "saved"], rows, columns)}`,
    more > 0 ? `and ${printCount(more)} names more\n` : "",
    printBlind(replay),
    ...notes.map((note) => `• ${safeText(note)}\n`),
  ].join("");
}

/** The rules that would see less: each with its severity and why, and how many more there are. */
function printBlind({ blind, blindCounts: { nothing, less } }: ReplayAnswer): string {
  if (nothing + less === 0) return "";
  const says = [
    ...(nothing > 0 ? [`${printCount(nothing)} ${nothing === 1 ? "rule" : "rules"} could not fire any more`] : []),
    ...(less > 0 ? [`${printCount(less)} ${less === 1 ? "rule" : "rules"} would see less`] : []),
  ];
  const more = nothing + less - blind.length;
  return [
    `\nOn what this trail records ${says.join(", and ")}\n`,
    ...blind.map(
      ({ title, level, sees, sentence }) =>
        `${sees === "nothing" ? "✗" : "•"} ${safeText(level)}: ${safeText(title)}. ${safeText(sentence)}\n`,
    ),
    more > 0 ? `and ${printCount(more)} more\n` : "",
  ].join("");
}

export function printDuplicates(duplicates: CostAnswer["duplicates"]): string {
  return duplicates.map(({ sentence, help }) => `✗ ${safeText(sentence)}\n  ${safeText(help)}\n`).join("");
}

function addedText({ addedMicros }: BillAnswer): string {
  return addedMicros === null ? "" : `, ${printDollars(addedMicros)} of it new`;
}
