import type { Schedule } from "../notifier.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A week, so that each weekday comes. */
const daysAhead = 8;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When people may be disturbed: at once while it is open, else when it opens next; never is undefined. */
export function nextOpening(schedule: Schedule, now: number): number | undefined {
  for (let offset = -1; offset <= daysAhead; offset++) {
    const spans = spansOf(schedule, dayIn(schedule.timeZone, now, offset));
    if (spans.some(({ from, to }) => from <= now && now < to)) return now;
    // What begins on a later day begins later.
    const later = spans.map(({ from }) => from).filter((from) => from > now);
    if (later.length > 0) return Math.min(...later);
  }
  return undefined;
}

/** The next of some times of day after an instant, in a time zone. */
export function nextTimeOfDay(times: readonly string[], timeZone: string, now: number): number | undefined {
  const days = [-1, 0, 1, 2].map((offset) => dayIn(timeZone, now, offset));
  const instants = days.flatMap((day) => times.map((time) => instantOf(day, minutesOf(time), timeZone)));
  const later = instants.filter((at) => at > now);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** The hours that begin on a day. A range that ends before it begins goes on into the next. */
function spansOf({ timeZone, hours }: Schedule, day: number): Span[] {
  // Sunday is 0, and 7 as ISO has it.
  const weekday = new Date(day).getUTCDay();
  return hours
    .filter(({ days }) => days.some((one) => one % 7 === weekday))
    .map(({ from, to }) => {
      const [start, end] = [minutesOf(from), minutesOf(to)];
      const lastDay = end > start ? day : day + dayMs;
      return { from: instantOf(day, start, timeZone), to: instantOf(lastDay, end, timeZone) };
    });
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** A day of the zone's calendar, so many from the one that an instant lies in; as midnight of that date in UTC. */
function dayIn(timeZone: string, at: number, offset: number): number {
  const local = localOf(at, timeZone);
  return local - mod(local, dayMs) + offset * dayMs;
}

/**
 * The instant at which a clock on the wall shows a time. What is shown twice, when clocks go back, is the first; what is
 * left out, when they go forward, is as long after the jump as it would have been after the hour.
 */
function instantOf(day: number, minutes: number, timeZone: string): number {
  const wall = day + minutes * minuteMs;
  const candidates = [wall - offsetAt(wall - dayMs, timeZone), wall - offsetAt(wall + dayMs, timeZone)];
  const exact = candidates.filter((at) => localOf(at, timeZone) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

function offsetAt(at: number, timeZone: string): number {
  return localOf(at, timeZone) - at;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows at an instant, as if it were UTC. */
function localOf(at: number, timeZone: string): number {
  const whole = at - mod(at, minuteMs);
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown + mod(at, minuteMs);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" },
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  });
  formats.set(timeZone, format);
  return format;
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
