/** The value below which the given share of the samples lies; the nearest sample, never one made up between two. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError("There is no quantile of nothing");
  return value;
}

/** The sample in the middle; of two in the middle, the one between them. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError("There is no median of nothing");
  return (lower + upper) / 2;
}

/** Four digits say all that a measurement knows. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
