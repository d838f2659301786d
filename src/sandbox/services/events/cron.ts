/** Instants that a schedule names. */
export interface Schedule {
  /** The first instant after `at`; undefined when none comes any more. */
  after(at: number): number | undefined;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const dayMilliseconds = 86_400_000;

type DayTest = (day: Date) => boolean;

/** Reads the inside of `cron(…)`: EventBridge User Guide, "Cron expressions"; UTC. Undefined when it is none. */
export function readCron(text: string): Schedule | undefined {
  const fields = text.trim().toUpperCase().split(/ +/u);
  const [minuteText = "", hourText = "", dayText = "", monthText = "", weekdayText = "", yearText = ""] = fields;
  if (fields.length !== 6 || (dayText === "?") === (weekdayText === "?")) return undefined;
  const minutes = readSet(minuteText, 0, 59);
  const hours = readSet(hourText, 0, 23);
  const monthSet = readSet(monthText, 1, 12, months);
  const years = readSet(yearText, 1970, 2199);
  const isDay = dayText === "?" ? readWeekday(weekdayText) : readDay(dayText);
  if (
    minutes === undefined ||
    hours === undefined ||
    monthSet === undefined ||
    years === undefined ||
    isDay === undefined
  )
    return undefined;
  const times = [...hours]
    .sort((a, b) => a - b)
    .flatMap((hour) => [...minutes].sort((a, b) => a - b).map((minute) => (hour * 60 + minute) * 60_000));
  return {
    after(at) {
      const from = new Date(at);
      for (let year = Math.max(1970, from.getUTCFullYear()); year <= 2199; year += 1) {
        if (!years.has(year)) continue;
        for (
          let day = Math.max(Date.UTC(year, 0, 1), startOfDay(at));
          day < Date.UTC(year + 1, 0, 1);
          day += dayMilliseconds
        ) {
          const date = new Date(day);
          if (!monthSet.has(date.getUTCMonth() + 1) || !isDay(date)) continue;
          const time = times.find((each) => day + each > at);
          if (time !== undefined) return day + time;
        }
      }
      return undefined;
    },
  };
}

function startOfDay(at: number): number {
  return Math.floor(at / dayMilliseconds) * dayMilliseconds;
}

/** `*`, `5`, `1-5`, `0/15`, `MON,WED` and lists of these. */
function readSet(
  text: string,
  min: number,
  max: number,
  names: readonly string[] = [],
): ReadonlySet<number> | undefined {
  if (text === "" || text.length > 200) return undefined;
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const shape = /^(\*|[0-9A-Z]+)(?:-([0-9A-Z]+))?(?:\/(\d{1,4}))?$/u.exec(part);
    if (shape === null) return undefined;
    const [, first = "", last, step] = shape;
    const from = first === "*" ? min : numberOf(first, names, min);
    const to = last === undefined ? (first === "*" || step !== undefined ? max : from) : numberOf(last, names, min);
    const by = step === undefined ? 1 : Number(step);
    if (!(from >= min && to <= max && from <= to && by >= 1) || (first === "*" && last !== undefined)) return undefined;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return found;
}

function numberOf(text: string, names: readonly string[], min: number): number {
  const named = names.indexOf(text);
  if (named >= 0) return named + min;
  return /^\d{1,4}$/u.test(text) ? Number(text) : Number.NaN;
}

/** Days of the month: also `L`, the last, and `15W`, the weekday nearest to the 15th. */
function readDay(text: string): DayTest | undefined {
  if (text === "L") return (day) => day.getUTCDate() === lastOf(day);
  const near = /^(\d{1,2})W$/u.exec(text);
  if (near !== null) {
    const wanted = Number(near[1]);
    return wanted >= 1 && wanted <= 31 ? (day) => day.getUTCDate() === nearestWeekday(day, wanted) : undefined;
  }
  const days = readSet(text, 1, 31);
  return days === undefined ? undefined : (day) => days.has(day.getUTCDate());
}

/** Days of the week: also `6L`, the last Friday, and `3#2`, the second Tuesday. */
function readWeekday(text: string): DayTest | undefined {
  const last = /^([1-7]|[A-Z]{3})L$/u.exec(text);
  if (last !== null) {
    const weekday = numberOf(last[1] ?? "", weekdays, 1);
    return Number.isNaN(weekday)
      ? undefined
      : (day) => day.getUTCDay() + 1 === weekday && day.getUTCDate() + 7 > lastOf(day);
  }
  if (text === "L") return (day) => day.getUTCDay() === 6;
  const nth = /^([1-7]|[A-Z]{3})#([1-5])$/u.exec(text);
  if (nth !== null) {
    const weekday = numberOf(nth[1] ?? "", weekdays, 1);
    return Number.isNaN(weekday)
      ? undefined
      : (day) => day.getUTCDay() + 1 === weekday && Math.ceil(day.getUTCDate() / 7) === Number(nth[2]);
  }
  const days = readSet(text, 1, 7, weekdays);
  return days === undefined ? undefined : (day) => days.has(day.getUTCDay() + 1);
}

function lastOf(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

function nearestWeekday(day: Date, wanted: number): number {
  const last = lastOf(day);
  if (wanted > last) return 0;
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}
