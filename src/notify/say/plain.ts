/** Longest texts of a message, in characters: what people read, and what chats take. */
export const limits = { title: 200, text: 1_500, label: 60, value: 400 } as const;

/**
 * A text from outside as one line that does nothing: no line break that begins a header, no sign that turns the writing
 * round or hides, no address that a chat or a mail program makes a link of. It is cut where it is too long.
 */
export function plain(text: string, lengthMax: number): string {
  const line = text
    .slice(0, lengthMax * 4)
    .toWellFormed()
    // Controls, and signs that nobody sees: of direction, of no width, tags.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replaceAll("://", "[:]//")
    .trim();
  return cut(line, lengthMax);
}

/** Cuts between characters, and says that something is missing. */
export function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text
    .slice(0, lengthMax - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}

/** `2026-11-21 14:03 UTC`. */
export function printTime(at: number): string {
  return `${new Date(clamped(at)).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** What a date can be: a log may claim anything. */
function clamped(at: number): number {
  return Number.isFinite(at) ? Math.min(Math.max(at, 0), Date.UTC(9999, 11, 31)) : 0;
}

/** `3 notices`. */
export function countOf(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}
