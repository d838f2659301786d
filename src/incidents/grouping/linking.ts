/** Findings of one story follow each other within this. */
export const storyGapMs = 24 * 3_600_000;
/** An address says who it is for so long only. */
export const addressGapMs = 3_600_000;
/** Context is told of a story that began at most so much later. */
export const contextBeforeMs = 3_600_000;

export interface Span {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How much time lies between two spans. */
export function gapBetween(one: Span, other: Span): number {
  return Math.max(0, one.firstAt - other.lastAt, other.firstAt - one.lastAt);
}

/** The key that another's must be to be linked with this one: a role that was opened links with its use, not with itself. */
export function partnerOf(key: string): string {
  if (key.startsWith("made:")) return `uses:${key.slice("made:".length)}`;
  return key.startsWith("uses:") ? `made:${key.slice("uses:".length)}` : key;
}

/** An address is weak: it links while it is fresh. */
export function isAddress(key: string): boolean {
  return key.startsWith("ip:");
}

/** With more actors than that, what they share is shared by everybody: an office's address, a bucket of all. */
export const sharedByMax = 12;

/** A thing that says who belongs together only while few share it. */
export function mayBeCommon(key: string): boolean {
  return isAddress(key) || key.startsWith("resource:");
}

/** What says who acts. */
export function isCaller(key: string): boolean {
  return key.startsWith("actor:") || key.startsWith("key:");
}
