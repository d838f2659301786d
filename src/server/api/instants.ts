/** An instant as answers have it. */
export function isoOf(at: number): string;
export function isoOf(at: number | undefined): string | null;
export function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
