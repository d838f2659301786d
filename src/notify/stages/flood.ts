import type { NotifyTable } from "../../state/index.ts";
import { type Bundle, freeBundle, noticesOf, worstFirst } from "./group.ts";

const hourMs = 3_600_000;
/** When there were too many, what came since is told together again after so long: nobody waits an hour for what is bad. */
const summaryEveryMs = 10 * 60_000;

/** How many messages a channel may still get, and when it may get another summary. */
export interface Room {
  readonly left: number;
  readonly summaryAt: number;
}

/** Looks what a channel got in the last hour. */
export async function roomOf(table: NotifyTable, channel: string, messagesPerHour: number, now: number): Promise<Room> {
  const sent = await table.deliveredSince(channel, now - hourMs);
  const left = Math.max(0, messagesPerHour - sent.length);
  // What goes beyond the room can only have been a summary.
  const lastSummaryAt = sent.length > messagesPerHour ? (sent.at(-1) ?? 0) : -Infinity;
  return { left, summaryAt: Math.max(now, lastSummaryAt + summaryEveryMs) };
}

/** What of a channel's messages is told on its own, and the rest as one summary; `later` waits for the next summary. */
export interface Flow {
  readonly send: readonly Bundle[];
  readonly summary: Bundle | undefined;
  readonly later: boolean;
}

/**
 * Lets through as many as there is room for, the worst first where that is not all. What was tried already stays the
 * message it was, and an end that resolves something goes beside the room: nobody is disturbed by it.
 */
export function throttle(bundles: readonly Bundle[], room: Room, now: number, resolves: boolean): Flow {
  const isFree = (bundle: Bundle) => bundle.form === "flood" || (resolves && isEnd(bundle));
  const counted = bundles.filter((bundle) => !isFree(bundle));
  if (counted.length <= room.left) return { send: bundles, summary: undefined, later: false };
  const chosen = new Set(worstFirst(counted).slice(0, room.left));
  const rest = counted.filter((bundle) => !chosen.has(bundle));
  const send = bundles.filter((bundle) => isFree(bundle) || chosen.has(bundle));
  // One that was tried already goes on its own when there is room.
  const rows = rest.filter(({ isBound }) => !isBound).flatMap((bundle) => bundle.rows);
  if (room.summaryAt > now || rows.length === 0) return { send, summary: undefined, later: true };
  const summary = freeBundle(
    rows.toSorted((a, b) => a.number - b.number),
    "flood",
  );
  return { send, summary, later: false };
}

function isEnd({ rows }: Bundle): boolean {
  return noticesOf(rows).every(({ state }) => state === "ended");
}
