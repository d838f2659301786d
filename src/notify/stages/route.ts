import type { OutboxRow } from "../../state/index.ts";
import type { Notice } from "../notice.ts";
import type { Route } from "../notifier.ts";
import { cut } from "../say/plain.ts";
import { isAtLeast } from "../severity.ts";
import { digestGroup, nextDigest, threadGroup } from "./digest.ts";
import { nextOpening } from "./schedule.ts";

/** What is known of who was told of what. */
export interface Told {
  /** Whether a channel heard of a thread, or is going to. */
  has(thread: string, channel: string): boolean;
}

/** The rows of a notice: one for each channel that any route names, with the earliest time that any of them gives. */
export function rowsOf(notice: Notice, routes: readonly Route[], told: Told, now: number): OutboxRow[] {
  const rows = new Map<string, OutboxRow>();
  for (const route of routes) {
    if (!route.isOn || !isAbout(route, notice)) continue;
    for (const channel of route.channels) {
      if (!isWanted(route, channel, notice, told)) continue;
      const row = rowOf(notice, route, channel, now);
      const known = rows.get(channel);
      if (known === undefined || row.dueAt < known.dueAt) rows.set(channel, row);
    }
  }
  return [...rows.values()];
}

function isAbout({ kinds, accountIds, rules }: Route, notice: Notice): boolean {
  const hasAny = (wanted: readonly string[], given: readonly string[]) =>
    wanted.length === 0 || given.some((one) => wanted.includes(one));
  return hasAny(kinds, [notice.kind]) && hasAny(accountIds, notice.accountIds) && hasAny(rules, notice.rules);
}

/** Whoever heard of a matter hears of its end, however mild it has become; nobody else does. */
function isWanted(route: Route, channel: string, notice: Notice, told: Told): boolean {
  if (notice.state === "ended") return told.has(notice.thread, channel);
  return isAtLeast(notice.severity, route.severity);
}

function rowOf(notice: Notice, route: Route, channel: string, now: number): OutboxRow {
  const digest = nextDigest(route, now);
  const group = digest === undefined ? threadGroup(notice.thread) : digestGroup(route);
  return {
    ...{ id: notice.id, channel, route: route.name, group, thread: notice.thread },
    dueAt: digest ?? afterQuiet(notice, route, now + route.groupMs),
    ...{ createdAt: now, tries: 0, content: bounded(notice) },
  };
}

const bounds = { list: 200, facts: 30, title: 1_000, text: 8_000, value: 2_000 } as const;

/** What lies in the box is read again with each try: however much a log says, it is no more than a page. */
function bounded(notice: Notice): Notice {
  const { accountIds, rules, title, text, facts } = notice;
  return {
    ...notice,
    accountIds: accountIds.slice(0, bounds.list),
    rules: rules.slice(0, bounds.list),
    title: cut(title, bounds.title),
    text: cut(text, bounds.text),
    facts: facts.slice(0, bounds.facts).map(({ label, value }) => ({ label, value: cut(value, bounds.value) })),
  };
}

/** In quiet hours what is not severe enough waits for their end; a schedule that never opens keeps nobody waiting. */
function afterQuiet({ severity }: Notice, { schedule, quietSeverity }: Route, at: number): number {
  if (schedule === undefined || isAtLeast(severity, quietSeverity)) return at;
  return nextOpening(schedule, at) ?? at;
}
