const cellsMax = 200;

/** The words of a line of any make, without its quotes and without a comment behind them. */
export function wordsOf(line: string): readonly string[] {
  const said = line.replace(/\s#.*$/, "");
  return said.split(/[\s,;"']+/, cellsMax).filter((word) => word !== "");
}

/** The cells of a line of a table, by whichever of tab, comma and semicolon stands in it first; quotes hold one together. */
export function cellsOf(line: string): readonly string[] {
  const mark = /[\t,;]/.exec(line.replace(/"[^"]*"/g, ""))?.[0] ?? ",";
  const cells: string[] = [];
  let [cell, isQuoted] = ["", false];
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted;
    else if (char === mark && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
      if (cells.length === cellsMax) return cells;
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

/** Where a column stands that is named by its number from 1, or by its heading in either case. */
export function columnOf(column: string, headings: readonly string[]): number | undefined {
  if (/^\d{1,3}$/.test(column)) return Number(column) >= 1 ? Number(column) - 1 : undefined;
  const at = headings.findIndex((heading) => heading.replace(/^[#\s]+/, "").toLowerCase() === column.toLowerCase());
  return at < 0 ? undefined : at;
}
