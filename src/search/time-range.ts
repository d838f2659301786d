import { SearchError } from "./errors.ts";
import { readTime } from "./language/times.ts";

/** Reads `from` and `to` as a person writes them: ISO instants, dates, `now-7d`. Milliseconds since the epoch. */
export function readTimeRange(
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): { from?: number; to?: number } {
  const from = readEnd("from", range.from, now);
  const to = readEnd("to", range.to, now);
  if (from !== undefined && to !== undefined && from > to) {
    throw new SearchError("The time range ends before it begins", {
      code: "range-invalid",
      fault: "user",
      help: "Exchange from and to",
    });
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const isDate = /^\d{4}-\d\d(-\d\d)?$/;

function readEnd(name: "from" | "to", text: string | undefined, now: number): number | undefined {
  if (text === undefined || text === "" || text === "*") return undefined;
  const stretch = readTime(text, now);
  // A day named as the end is meant whole; a time of day is meant to the instant.
  if (stretch) return name === "to" && isDate.test(text) ? stretch.end : stretch.start;
  throw new SearchError(`The time ${JSON.stringify(text.slice(0, 100))} in ${name} cannot be read`, {
    code: "range-invalid",
    fault: "user",
    help: "Write 2026-01-02, 2026-01-02T03:04:05Z or now-7d",
  });
}
