import { readCron, type Schedule } from "./cron.ts";

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads a rule's schedule: EventBridge User Guide, "Creating a rule that runs on a schedule". A rate counts from when
 * the rule was made or enabled.
 */
export function readSchedule(text: string, from: number): Schedule | undefined {
  if (text.length > 256) return undefined;
  const cron = /^cron\((.*)\)$/u.exec(text);
  if (cron !== null) return readCron(cron[1] ?? "");
  const rate = /^rate\((\d{1,9}) (minute|hour|day)(s?)\)$/u.exec(text);
  if (rate === null) return undefined;
  const value = Number(rate[1]);
  // One of something has no s, more have one.
  if (value < 1 || (value === 1) !== (rate[3] === "")) return undefined;
  const period = value * (units[rate[2] ?? ""] ?? 0);
  return { after: (at) => from + (Math.floor(Math.max(0, at - from) / period) + 1) * period };
}
