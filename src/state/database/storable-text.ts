/**
 * Text as both engines give it back: Postgres refuses U+0000 (and with it all rows of a statement), and neither engine
 * keeps half of a surrogate pair. Names of log files have neither; what somebody else sends may.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{fffd}");
}

/** The same of every text in a row. */
export function storableTexts<Row extends object>(row: Row): Row {
  const isKept = Object.values(row).every((value) => typeof value !== "string" || storableText(value) === value);
  if (isKept) return row;
  const entries = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "string" ? storableText(value) : value,
  ]);
  return Object.fromEntries(entries) as Row;
}

/** JSON spells what neither engine keeps (U+0000, half of a surrogate pair) as an escape, so that it comes back. */
export function jsonOf(content: unknown): string {
  return JSON.stringify(content ?? null);
}
