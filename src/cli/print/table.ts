import { safeText } from "./safe-text.ts";

const gap = "  ";
const cellMax = 60;

/** A table for the eye; the last column takes what room is left. `columns` is the terminal's width, 0 for unknown. */
export function printTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  lastCellMax = cellMax,
): string {
  const cells = [header, ...rows].map((row) =>
    row.map((cell, index) => clip(safeText(cell), index === header.length - 1 ? lastCellMax : cellMax)),
  );
  const widths = header.map((_, index) => Math.max(...cells.map((row) => width(row[index] ?? ""))));
  return cells
    .map((row) => {
      const line = row
        .map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)))
        .join(gap);
      return columns > 0 ? clip(line, columns).trimEnd() : line.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}

function pad(text: string, to: number): string {
  return text + " ".repeat(Math.max(0, to - width(text)));
}

function width(text: string): number {
  return [...text].length;
}

function clip(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join("")}…`;
}
