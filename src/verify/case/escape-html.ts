/**
 * A text as a page may show it. Everything out of a log is an attacker's: it cannot become markup, and what would hide or
 * turn round its neighbours is shown as a sign of its own.
 */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** An instant as the page says it. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A piece of a page that is markup already. */
export interface Html {
  readonly html: string;
}

/** A template of markup in which every value is escaped, unless it is markup itself or a list of it. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const parts = strings.flatMap((text, index) => [text, index < values.length ? shown(values[index]) : ""]);
  return { html: parts.join("") };
}

function shown(value: string | number | Html | readonly Html[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return "html" in value ? value.html : value.map((one) => one.html).join("\n");
}
