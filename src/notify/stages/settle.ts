import { createHash } from "node:crypto";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { DeliveryRow, NotifyTable, WaitingRow } from "../../state/index.ts";
import type { Outcome } from "../channels/channel.ts";

/** How long it is tried again, and with which pauses. */
export const retries = { first: 30_000, most: 3_600_000, forMs: 24 * 3_600_000 } as const;
/** Nobody may make us wait longer than this. */
const retryAfterMax = 6 * 3_600_000;
/** So much shorter or longer, so that many do not come back at the same moment. */
const jitter = 0.1;
/** Ids that are kept in a line of the log. */
const noticesLogged = 1_000;

export interface Tried {
  readonly channel: string;
  readonly rows: readonly WaitingRow[];
  readonly subject: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Writes what came of a try; gives when it is tried again, undefined where it is over. */
export async function settle(
  table: NotifyTable,
  tried: Tried,
  outcome: Outcome,
  seed: string,
): Promise<number | undefined> {
  const { channel, rows, subject, startedAt, endedAt } = tried;
  const next = outcome.isDelivered ? undefined : nextTry(tried, outcome.retryAfterMs, seed);
  const status = outcome.isDelivered ? "delivered" : next === undefined ? "given up" : "failed";
  const delivery: Omit<DeliveryRow, "number"> = {
    ...{ channel, at: endedAt, status, subject, answer: outcome.answer, tookMs: endedAt - startedAt },
    notices: rows.slice(0, noticesLogged).map(({ id }) => id),
  };
  await table.settle(rows, delivery, next);
  return next;
}

/** Nothing once it was tried for a day since it was first due. */
function nextTry(
  { channel, rows, endedAt }: Tried,
  retryAfterMs: number | undefined,
  seed: string,
): number | undefined {
  const firstDueAt = Math.min(...rows.map((row) => row.firstDueAt));
  if (endedAt - firstDueAt >= retries.forMs) return undefined;
  const tries = Math.max(0, ...rows.map((row) => row.tries));
  const pause = growingPauseMs(retries, tries) * (1 + jitter * chance(`${seed} ${channel} ${rows[0]?.id} ${tries}`));
  return endedAt + Math.round(Math.max(pause, Math.min(retryAfterMs ?? 0, retryAfterMax)));
}

/** From -1 to 1, always the same of the same text. */
function chance(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 31 - 1;
}

/** What was due for longer than a day on a channel that fails is given up together: its turn would never come. */
export async function giveUpOld(table: NotifyTable, channel: string, now: number, answer: string): Promise<void> {
  const rows = await table.overdue(channel, now - retries.forMs);
  if (rows.length === 0) return;
  const notices = rows.slice(0, noticesLogged).map(({ id }) => id);
  const subject = `${rows.length.toLocaleString("en-US")} notices that were due for more than a day`;
  await table.settle(rows, { channel, at: now, status: "given up", notices, subject, answer, tookMs: 0 }, undefined);
}
