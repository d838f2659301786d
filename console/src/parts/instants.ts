/** Whether instants are shown in UTC, as CloudTrail writes them, or in the browser's zone. */
export type Zone = "utc" | "local";

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function partsOf(instant: Date, zone: Zone): Parts {
  return zone === "utc"
    ? {
        year: instant.getUTCFullYear(),
        month: instant.getUTCMonth(),
        day: instant.getUTCDate(),
        hour: instant.getUTCHours(),
        minute: instant.getUTCMinutes(),
        second: instant.getUTCSeconds(),
      }
    : {
        year: instant.getFullYear(),
        month: instant.getMonth(),
        day: instant.getDate(),
        hour: instant.getHours(),
        minute: instant.getMinutes(),
        second: instant.getSeconds(),
      };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 2026-11-20 */
export function formatDay(iso: string, zone: Zone): string {
  const { year, month, day } = partsOf(new Date(iso), zone);
  return `${pad(year, 4)}-${pad(month + 1)}-${pad(day)}`;
}

/** 14:03:11 */
export function formatClock(iso: string, zone: Zone): string {
  const { hour, minute, second } = partsOf(new Date(iso), zone);
  return `${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** 20 Nov 2026, 14:03:11 UTC */
export function formatInstant(iso: string, zone: Zone): string {
  const { year, month, day } = partsOf(new Date(iso), zone);
  return `${String(day)} ${months[month] ?? ""} ${String(year)}, ${formatClock(iso, zone)} ${zoneName(zone)}`;
}

/** 20 Nov 14:03, and the year where it is not this one. */
export function formatShortInstant(iso: string, zone: Zone, now = Date.now()): string {
  const { year, month, day, hour, minute } = partsOf(new Date(iso), zone);
  const isThisYear = partsOf(new Date(now), zone).year === year;
  return `${String(day)} ${months[month] ?? ""}${isThisYear ? "" : ` ${String(year)}`} ${pad(hour)}:${pad(minute)}`;
}

/** "UTC", or the browser's zone as an offset such as UTC+2. */
export function zoneName(zone: Zone): string {
  if (zone === "utc") return "UTC";
  const minutes = -new Date().getTimezoneOffset();
  if (minutes === 0) return "UTC+0";
  const hours = Math.trunc(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${String(hours)}${rest === 0 ? "" : `:${pad(rest)}`}`;
}

const steps: readonly (readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [31_557_600, "year"],
  [2_629_800, "month"],
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 hours ago" */
export function formatRelative(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  for (const [size, unit] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return "just now";
}

/** 5400 → "1 h 30 min" */
export function formatSpan(seconds: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ];
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) parts.push(`${String(count)} ${unit}`);
    rest -= count * size;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}
