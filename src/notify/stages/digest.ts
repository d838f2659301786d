import type { Route } from "../notifier.ts";
import { nextTimeOfDay } from "./schedule.ts";

/** When a route tells everything together next; undefined where it tells at once. */
export function nextDigest({ digestAt, schedule }: Route, now: number): number | undefined {
  return digestAt.length === 0 ? undefined : nextTimeOfDay(digestAt, schedule?.timeZone ?? "UTC", now);
}

/** What one route tells together: one group, whatever the threads. */
export function digestGroup({ name }: Route): string {
  return `digest ${name}`;
}

export function isDigest(group: string): boolean {
  return group.startsWith("digest ");
}

/** The group of a matter that is told on its own. */
export function threadGroup(thread: string): string {
  return `thread ${thread}`;
}
