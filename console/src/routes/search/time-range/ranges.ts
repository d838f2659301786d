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
  return Number.isNaN(Date.parse(text)) ? text.slice(0, 40) : formatShortInstant(text, zone);
}

/** The chosen span as the button shows it. */
export function describeRange(from: string | undefined, to: string | undefined, zone: Zone): string {
  const quick = quickRanges.find((range) => range.from === from);
  if (to === undefined && quick !== undefined) return quick.label;
  if (from === undefined) return `Until ${nameOf(to ?? "now", zone)}`;
  return to === undefined ? `Since ${nameOf(from, zone)}` : `${nameOf(from, zone)} – ${nameOf(to, zone)}`;
}

/** An instant as an `<input type="datetime-local">` wants it, in the page's zone. */
export function toInput(text: string | undefined, zone: Zone): string {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return "";
  const shifted = zone === "utc" ? at : at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19);
}

/** What such an input holds, as an instant; nothing when it is empty or half filled in. */
export function fromInput(text: string, zone: Zone): string | undefined {
  const at = Date.parse(zone === "utc" ? `${text}Z` : text);
  return text === "" || Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
