/**
 * Prints any text as a ClickHouse string literal. Everything that comes from a query or a rule goes through here; the
 * result holds no backslash, quote or control character that is not escaped, and no lone surrogate.
 */
export function quoteText(text: string): string {
  const escaped = text.toWellFormed().replace(/[\\'\u0000-\u001f\u007f]/g, (char) => {
    return char === "\\" || char === "'" ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `'${escaped}'`;
}

/** Prints texts as a ClickHouse array or as the right side of `IN`. */
export function quoteTexts(texts: readonly string[]): string {
  return texts.map(quoteText).join(", ");
}
