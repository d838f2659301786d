/** Puts a generated part between its marks; the rest of the page is written by hand. */
export function replacePart(page: string, name: string, part: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for ${name}: ${start} … ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${part}\n${page.slice(to)}`;
}

/** A text inside a table's cell. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A table; every row as long as its header. */
export function printMarkdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |\n`;
  return line(header) + line(header.map(() => "---")) + rows.map(line).join("");
}
