import type { DayStatement, IntegrityAsk, IntegrityFinding } from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { isAsked, timeText } from "./chain-views.ts";
import { coverOf, speaksFor } from "./day-cover.ts";
import {
  type ChainCover,
  clockText,
  countText,
  reasonsOfCovers,
  reasonsOfFiles,
  reasonsOfFindings,
} from "./day-reasons.ts";
import type { KeepingParts } from "./look.ts";

const dayMs = 86_400_000;
/** More than that is not looked at for one question; whatever it concerns is not called complete then. */
const [findingsMax, daysMax] = [10_000, 366];
/** More reasons than that nobody reads. */
const reasonsMax = 20;
/** Log files of a day may wait so long after its end. */
const patienceMs = dayMs;

/** What may be said of whole days, account by account: complete and proven only where nothing at all is open. */
export async function dayStatements(ask: IntegrityAsk, parts: KeepingParts): Promise<readonly DayStatement[]> {
  const { proofs, findings, chains, clock } = parts;
  await chains.load();
  const now = clock.now();
  const days = daysOf(ask, now);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { accountId, region } = ask;
  const lane = { ...(accountId === undefined ? {} : { accountId }), ...(region === undefined ? {} : { region }) };
  const span = { ...lane, from: first, to: last + dayMs };
  const [hours, open, unread] = await Promise.all([
    proofs.verdictHours(span, { spanMs: dayMs }),
    findings.all({ ...span, isOpen: true }, findingsMax),
    unreadOf(parts, span),
  ]);
  const asked = chains.all().filter(({ chain }) => isAsked(chain, ask) && !chain.isBackfill);
  const known = Map.groupBy(asked, ({ chain }) => chain.accountId);
  const hoursOf = Map.groupBy(hours, (hour) => `${hour.accountId} ${hour.hour}`);
  const findingsOf = Map.groupBy(open, (one) => one.accountId);
  const beginnings = [...beginningsOf(asked, hours)].sort(([a], [b]) => (a < b ? -1 : 1));
  return days.flatMap((day) =>
    beginnings
      .filter(([, began]) => began < day + dayMs)
      .map(([account]) =>
        stateDay({
          ...{ accountId: account, day, now },
          chains: (known.get(account) ?? []).filter((memory) => speaksFor(memory, day, day + dayMs)),
          counts: countsOf(hoursOf.get(`${account} ${day}`) ?? []),
          findings: (findingsOf.get(account) ?? []).filter(({ from, to }) => from < day + dayMs && to >= day),
          isUnread: unread.has(`${account} ${day}`),
          isCut: open.length >= findingsMax,
        }),
      ),
  );
}

interface DayFacts {
  readonly accountId: string;
  readonly day: number;
  readonly now: number;
  readonly chains: readonly ChainMemory[];
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly IntegrityFinding[];
  /** Digests name log files of the day that nobody has read yet. */
  readonly isUnread: boolean;
  readonly isCut: boolean;
}

function stateDay(facts: DayFacts): DayStatement {
  const { accountId, day, now, chains, counts } = facts;
  const end = day + dayMs;
  const covers = chains.map((memory) => ({ memory, cover: coverOf(memory, day, end) }));
  // A day is complete as far as all chains have come.
  const to = Math.max(day, Math.min(now, end, ...covers.map(({ cover }) => cover.to)));
  const problems = problemsOf(facts, covers);
  const pending = problems.length > 0 ? [] : pendingOf(facts, covers, to);
  const regions = [...new Set(chains.map(({ chain }) => chain.region))].sort();
  const isComplete = problems.length === 0 && pending.length === 0 && to === end;
  const isProblem = problems.length > 0;
  return {
    ...{ accountId, isComplete, isProblem, from: day, to: isProblem ? Math.min(end, now) : to, regions },
    day: new Date(day).toISOString().slice(0, 10),
    logFiles: Object.values(counts).reduce((sum, count) => sum + count, 0),
    sentence: sentenceOf({ day, to, isComplete, problems, pending, regions, proven: counts["proven"] ?? 0 }),
    reasons: [...problems, ...pending].slice(0, reasonsMax),
  };
}

function problemsOf(facts: DayFacts, covers: readonly ChainCover[]): readonly string[] {
  const { chains, counts, findings, isCut, day, now } = facts;
  const waiting = counts["waiting"] ?? 0;
  // What has waited for days waits for something that does not come by itself.
  const isStale = waiting > 0 && now >= day + dayMs + patienceMs;
  return [
    ...(chains.length === 0 ? ["No digests of the account were collected that speak for this day"] : []),
    ...reasonsOfCovers(covers.filter(({ cover }) => cover.reason !== "late")),
    ...reasonsOfFiles(counts),
    ...(isStale ? [`${countText(waiting, "log file")} ${waiting === 1 ? "waits" : "wait"}`] : []),
    ...reasonsOfFindings(findings, isCut),
  ];
}

/** What only has not come yet. */
function pendingOf({ isUnread, day, now }: DayFacts, covers: readonly ChainCover[], to: number): readonly string[] {
  if (isUnread) return ["Log files that digests name are still to be read"];
  if (to <= day) return ["No digest that covers its beginning has come yet"];
  // While a day goes on, that its digests do too is no news.
  return now < day + dayMs ? [] : reasonsOfCovers(covers.filter(({ cover }) => cover.reason === "late"));
}

function sentenceOf(said: {
  readonly day: number;
  readonly to: number;
  readonly isComplete: boolean;
  readonly problems: readonly string[];
  readonly pending: readonly string[];
  readonly regions: readonly string[];
  readonly proven: number;
}): string {
  const { day, to, isComplete, problems, pending, regions, proven } = said;
  const what = `${countText(proven, "log file")} in ${countText(regions.length, "region")}`;
  if (problems.length > 0) return `Not proven: ${firstOf([...problems, ...pending])}.`;
  if (isComplete) return `Complete from ${timeText(day)} to ${timeText(to)}, proven: ${what}.`;
  const isOpen = pending.length > 0 && !(to > day && isOnlyLate(pending));
  return isOpen ? `Not proven yet: ${firstOf(pending)}.` : `Complete and proven up to ${clockText(to)}: ${what}.`;
}

function isOnlyLate(pending: readonly string[]): boolean {
  return pending.every((reason) => reason.includes(" so far in "));
}

function firstOf([first = "", ...more]: readonly string[]): string {
  const text = first.replace(/^(The|No|Log) /, (word) => word.toLowerCase());
  return more.length === 0 ? text : `${text}; and ${countText(more.length, "more reason")}`;
}

/** Accounts and days with log files that digests name and nobody has read. */
async function unreadOf(
  { proofs }: KeepingParts,
  span: { readonly accountId?: string; readonly region?: string; readonly from: number; readonly to: number },
): Promise<ReadonlySet<string>> {
  const unread = { ...span, verdicts: ["waiting"], reasons: ["not-read-yet"] };
  const days = await proofs.verdictHours(unread, { spanMs: dayMs });
  return new Set(days.map(({ accountId, hour }) => `${accountId} ${hour}`));
}

/** The first instant of which something is known of each account, as far as the question reaches. */
function beginningsOf(
  chains: readonly ChainMemory[],
  hours: readonly { readonly accountId: string; readonly hour: number }[],
): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  const see = (account: string, at: number) => first.set(account, Math.min(first.get(account) ?? Infinity, at));
  for (const { chain, beganAt, head } of chains) see(chain.accountId, beganAt ?? head?.endsAt ?? Infinity);
  for (const { accountId, hour } of hours) see(accountId, hour);
  return first;
}

function countsOf(hours: readonly { readonly counts: Readonly<Record<string, number>> }[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of hours) {
    for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** Starts of the days that a question touches; none that has not begun, and no more than a year's, the latest ones. */
function daysOf({ from, to }: IntegrityAsk, now: number): readonly number[] {
  const end = Math.min(to, now);
  const first = Math.max(dayOf(from), dayOf(end) - (daysMax - 1) * dayMs);
  const days: number[] = [];
  for (let day = first; day < end; day += dayMs) days.push(day);
  return days;
}
