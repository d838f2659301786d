const grouped = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** 1234567 → 1,234,567 */
export function formatNumber(value: number): string {
  return grouped.format(value);
}

/** 1234567 → 1.2M, for axes and narrow columns. */
export function formatShort(value: number): string {
  return value < 10_000 ? grouped.format(value) : short.format(value);
}

/** "1 event", "1,234 events". */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatNumber(bytes)} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
