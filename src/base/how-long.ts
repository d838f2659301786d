const units: readonly (readonly [name: string, ms: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

/** A length of time in its largest whole unit: `3 hours`. */
export function howLong(milliseconds: number): string {
  const [name, ms] = units.find(([, size]) => milliseconds >= size) ?? ["second", 1_000];
  const count = Math.max(0, Math.floor(milliseconds / ms));
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
