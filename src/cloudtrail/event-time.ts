const extended = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$/;
const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z$/;

/**
 * Milliseconds since the epoch of a time as CloudTrail writes it: `2023-01-02T03:04:05Z`, with a fraction or an offset,
 * `2025-10-30 23:45:00` (aggregated events, always UTC), `20131102T010628Z` (session creation dates, digest names) and
 * `20230710T1215Z` (log file names). Nothing outside the years 1970 to 2299 is a time here.
 */
export function parseEventTime(value: unknown): number | undefined {
  if (typeof value !== "string" || value.length > 40) {
    return undefined;
  }
  const match = extended.exec(value) ?? basic.exec(value);
  if (match === null) {
    return undefined;
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined || year < 1970 || year > 2299) {
    return undefined;
  }
  const whole = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC carries 31 April over into May; what does not come back the same was no date
  const back = new Date(whole);
  const isSame =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second;
  if (!isSame) {
    return undefined;
  }
  const fraction = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const offsetMinutes =
    match[8] === undefined ? 0 : Number(`${match[8]}1`) * (Number(match[9]) * 60 + Number(match[10]));
  const at = whole + fraction - offsetMinutes * 60_000;
  return at < 0 ? undefined : at;
}
