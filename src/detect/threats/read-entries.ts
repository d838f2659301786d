import { setImmediate } from "node:timers/promises";
import { cellsOf, columnOf, wordsOf } from "./entry-cells.ts";
import { type EntryReading, readEntry } from "./entry-forms.ts";
import { jsonCells } from "./json-entries.ts";
import type { ThreatList } from "./threat-list.ts";

export interface EntriesReading {
  /** Each once. */
  readonly entries: ReadonlySet<string>;
  /** The first few. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  readonly refusedCount: number;
}

export const entriesMax = 1_000_000;
const refusedShownMax = 20;
/** After so many lines others have their turn. */
const linesAtOnce = 5_000;
/** What stands further behind in a line is not looked at. */
const lineCharactersMax = 10_000;

/**
 * Reads a list: plain lines with comments, tables with commas, semicolons or tabs, hosts files, STIX 2.1 indicators and
 * MISP attributes. Without a column the first cell of a line that is an entry counts. What is none is told by its line;
 * its words are not repeated.
 */
export async function readEntries(
  text: string,
  { kind, column }: { readonly kind: ThreatList["kind"]; readonly column?: string | undefined },
): Promise<EntriesReading> {
  const taking = new Taking(kind);
  const json = jsonCells(text, kind);
  if (json === undefined) await takeLines(text, column, taking);
  else {
    for (const [index, cell] of json.entries()) {
      if (index % linesAtOnce === 0) await setImmediate();
      if ("reason" in cell) taking.refuse(index + 1, cell.reason);
      else taking.take(index + 1, [cell.text]);
    }
  }
  return taking;
}

async function takeLines(text: string, column: string | undefined, taking: Taking): Promise<void> {
  let [number, from, at] = [0, 0, undefined as number | undefined];
  while (from <= text.length) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, Math.min(end < 0 ? text.length : end, from + lineCharactersMax)).trim();
    from = end < 0 ? text.length + 1 : end + 1;
    number += 1;
    if (number % linesAtOnce === 0) await setImmediate();
    if (line === "" || /^(?:#|;|\/\/|!)/.test(line)) continue;
    if (column === undefined) {
      taking.take(number, wordsOf(line));
      continue;
    }
    const cells = cellsOf(line);
    if (at !== undefined) {
      taking.take(number, [cells[at] ?? ""]);
      continue;
    }
    at = columnOf(column, cells);
    if (at === undefined) taking.refuse(number, "no column is called so");
    else if (/^\d+$/.test(column)) taking.take(number, [cells[at] ?? ""]);
    if (at === undefined) return;
  }
}

class Taking implements EntriesReading {
  readonly #kind: ThreatList["kind"];
  readonly entries = new Set<string>();
  readonly refused: { readonly line: number; readonly reason: string }[] = [];
  refusedCount = 0;

  constructor(kind: ThreatList["kind"]) {
    this.#kind = kind;
  }

  /** Takes the first of a line's cells that is an entry. */
  take(line: number, cells: readonly string[]): void {
    let first: EntryReading | undefined;
    for (const cell of cells) {
      const reading = readEntry(cell, this.#kind);
      if ("entry" in reading) {
        this.#add(line, reading.entry);
        return;
      }
      first ??= reading;
    }
    this.refuse(line, first !== undefined && "reason" in first ? first.reason : "it is empty");
  }

  refuse(line: number, reason: string): void {
    this.refusedCount += 1;
    if (this.refused.length < refusedShownMax) this.refused.push({ line, reason });
  }

  #add(line: number, entry: string): void {
    if (this.entries.size < entriesMax || this.entries.has(entry)) this.entries.add(entry);
    else this.refuse(line, `a list has ${entriesMax} entries at most`);
  }
}
