const count = new Intl.NumberFormat("en-US");

export function printCount(value: number): string {
  return count.format(value);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${printCount(value)} ${value === 1 ? one : many}`;
}

const units = ["B", "KiB", "MiB", "GiB", "TiB"];

export function printBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit] ?? ""}`;
}

export function printDuration(seconds: number): string {
  if (seconds < 10) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** How long ago an instant of an answer was. */
export function printAgo(instant: string | null, now: number): string {
  return instant === null ? "—" : `${printDuration(Math.max(0, Math.round((now - Date.parse(instant)) / 1000)))} ago`;
}

/** A share in per cent; 100 % is said of the whole alone. */
export function printShare(share: number | null): string {
  if (share === null) return "—";
  return `${share === 1 ? "100" : Math.min(99.99, Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
