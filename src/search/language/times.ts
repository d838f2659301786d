/** A stretch of time that a person's word for it covers; the end is not included. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

type Unit = "s" | "m" | "h" | "d" | "w" | "M" | "y";

const fixedUnits: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const moment =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

const relative = /^(?:now)?((?:[+-]\d{1,6}[smhdwMy])*)(?:\/([smhdwMy]))?$/;

/** Years 1000 to 9999, which have one spelling. */
const firstInstant = Date.UTC(1000, 0);
const lastInstant = Date.UTC(10_000, 0) - 1;

/**
 * Reads a time as people write it: `2026-01-02` (that day), `2026-01`, `2026-01-02T03:04Z`, `now-1h`, `-15m`, `now/d`
 * (today), `today`, `yesterday`. All in UTC, as CloudTrail's own times are.
 */
export function readTime(text: string, now: number): Stretch | undefined {
  const word = text.toLowerCase();
  if (word === "today") {
    return floorTo(now, "d");
  }
  if (word === "yesterday") {
    return floorTo(now - 86_400_000, "d");
  }
  const stretch = readMoment(text) ?? readRelative(text, now);
  const isInReach = stretch !== undefined && stretch.start >= firstInstant && stretch.end <= lastInstant;
  return isInReach ? stretch : undefined;
}

/** The instant that a person's word for a time begins at. */
export function readInstantWord(text: string, now: number): number | undefined {
  return readTime(text, now)?.start;
}

function readMoment(text: string): Stretch | undefined {
  const parts = moment.exec(text);
  if (parts === null || text.length < 7) {
    return undefined;
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  if (!isDate || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  const milliseconds = Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3));
  const inDay = ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds;
  const start = date.getTime() + inDay - readOffset(parts[8]);
  return {
    start,
    end: parts[3] === undefined ? floorTo(start, "M").end : start + precisionOf(parts),
  };
}

function precisionOf(parts: RegExpExecArray): number {
  const index = [4, 5, 6, 7].findLast((part) => parts[part] !== undefined);
  return index === undefined ? 86_400_000 : ([3_600_000, 60_000, 1_000, 1][index - 4] ?? 1);
}

function readOffset(zone: string | undefined): number {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "");
  if (parts === null) {
    return 0;
  }
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === "-" ? -minutes : minutes) * 60_000;
}

function readRelative(text: string, now: number): Stretch | undefined {
  const parts = relative.exec(text);
  if (parts === null || text === "" || text.startsWith("/") || text.length > 60) {
    return undefined;
  }
  let at = now;
  for (const [, sign, count, unit] of (parts[1] ?? "").matchAll(/([+-])(\d+)([smhdwMy])/g)) {
    at = move(at, (sign === "-" ? -1 : 1) * Number(count), unit ?? "s");
  }
  const unit = parts[2];
  return unit === undefined ? { start: at, end: at + 1 } : floorTo(at, isUnit(unit) ? unit : "s");
}

function isUnit(text: string): text is Unit {
  return /^[smhdwMy]$/.test(text);
}

function move(at: number, count: number, unit: string): number {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) {
    return at + count * fixed;
  }
  const date = new Date(at);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === "y" ? count * 12 : count);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((at % 86_400_000) + 86_400_000) % 86_400_000);
}

function floorTo(at: number, unit: Unit): Stretch {
  const date = new Date(at);
  if (unit === "M" || unit === "y") {
    const month = unit === "M" ? date.getUTCMonth() : 0;
    const start = Date.UTC(date.getUTCFullYear(), month);
    return {
      start,
      end: Date.UTC(date.getUTCFullYear() + (unit === "y" ? 1 : 0), unit === "M" ? month + 1 : 0),
    };
  }
  const size = fixedUnits[unit] ?? 1_000;
  // Weeks begin on Monday; the epoch was a Thursday.
  const shift = unit === "w" ? 3 * 86_400_000 : 0;
  const start = Math.floor((at + shift) / size) * size - shift;
  return { start, end: start + size };
}
