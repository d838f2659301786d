import { readTime } from "../../../../../src/search/language/index.ts";
import { formatShortInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";

export interface QuickRange {
  readonly label: string;
  readonly from: string | undefined;
}

/** The spans people ask for by name; the server reads `now-…` words at the moment of asking. */
export const quickRanges: readonly QuickRange[] = [
  { label: "Last 15 minutes", from: "now-15m" },
  { label: "Last hour", from: "now-1h" },
  { label: "Last 4 hours", from: "now-4h" },
  { label: "Last 24 hours", from: "now-24h" },
  { label: "Last 7 days", from: "now-7d" },
  { label: "Last 30 days", from: "now-30d" },
  { label: "Last 90 days", from: "now-90d" },
  { label: "All time", from: undefined },
];

function nameOf(text: string, zone: Zone): string {
  // A day or month is meant as a whole, in UTC, whatever the page's zone.
  if (dateOnly.test(text)) return text;
  return Number.isNaN(Date.parse(text)) ? text.slice(0, 40) : formatShortInstant(text, zone);
}

/** The chosen span as the button shows it. */
export function describeRange(from: string | undefined, to: string | undefined, zone: Zone): string {
  const quick = quickRanges.find((range) => range.from === from);
  if (to === undefined && quick !== undefined) return quick.label;
  if (from === undefined) return `Until ${nameOf(to ?? "now", zone)}`;
  return to === undefined ? `Since ${nameOf(from, zone)}` : `${nameOf(from, zone)} – ${nameOf(to, zone)}`;
}

/** The end of a range as someone would write it: an instant in the page's zone, words such as now-3h as they are. */
export function toTyped(text: string | undefined, zone: Zone): string {
  const at = text === undefined || dateOnly.test(text) ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return text ?? "";
  const shifted = zone === "utc" ? at : at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19).replace("T", " ");
}

const dateOnly = /^\d{4}-\d\d(?:-\d\d)?$/;
const withoutZone = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/;

/** What someone wrote as one end of a range, as the server reads it; `undefined` is an open end, `false` no time at all. */
export function fromTyped(text: string, zone: Zone, now: number): string | undefined | false {
  const word = text.trim();
  if (word === "") return undefined;
  const read = readTime(word, now);
  if (read === undefined) return false;
  if (/^(?:now|[-+]|today|yesterday)/i.test(word) || dateOnly.test(word)) return word;
  // A time without a zone is one of the page's zone.
  const start = withoutZone.test(word) && zone === "local" ? Date.parse(word.replace(" ", "T")) : read.start;
  return Number.isNaN(start) ? false : new Date(start).toISOString();
}

/** The instant an end stands for, to tell whether the range runs backwards. */
export function instantOf(end: string | undefined, now: number): number | undefined {
  return end === undefined ? undefined : readTime(end, now)?.start;
}
