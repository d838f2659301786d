const charactersMax = 20_000;

/** A message's body, JSON indented, JSON inside of JSON too; long ones are cut, and it is said by how much. */
export function prettyBody(text: string): { readonly lines: readonly string[]; readonly cut: number } {
  const pretty = text.length <= charactersMax ? indent(text) : text;
  const shown = pretty.slice(0, charactersMax);
  return { lines: shown.split(/\r?\n/), cut: pretty.length - shown.length };
}

function indent(text: string): string {
  const value = parse(text);
  return value === undefined ? text : JSON.stringify(unfold(value), null, 2);
}

/** SNS wraps a notice as text in its own JSON: that text is shown as what it holds. */
function unfold(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === "Message" && typeof member === "string" ? (parse(member) ?? member) : member,
    ]),
  );
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
