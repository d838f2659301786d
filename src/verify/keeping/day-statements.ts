import type { DayStatement, IntegrityAsk, IntegrityFinding } from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { isAsked, timeText } from "./chain-views.ts";
import { coverOf, speaksFor } from "./day-cover.ts";
import type { KeepingParts } from "./look.ts";

const dayMs = 86_400_000;
/** More than that is not looked at for one question; whatever it concerns is not called complete then. */
const [findingsMax, unreadMax, daysMax] = [10_000, 10_000, 366];
/** More reasons than that nobody reads. */
const [reasonsMax, reasonsSaid] = [20, 3];

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
    unreadOfToday(parts, lane, now),
  ]);
  const known = Map.groupBy(
    chains.all().filter(({ chain }) => isAsked(chain, ask) && !chain.isBackfill),
    ({ chain }) => chain.accountId,
  );
  const hoursOf = Map.groupBy(hours, (hour) => `${hour.accountId} ${dayOf(hour.hour)}`);
  const findingsOf = Map.groupBy(open, (one) => one.accountId);
  const accounts = [...new Set([...known.keys(), ...hours.map((hour) => hour.accountId)])].sort();
  return days.flatMap((day) =>
    accounts.map((account) =>
      stateDay({
        ...{ accountId: account, day, now },
        chains: (known.get(account) ?? []).filter((memory) => speaksFor(memory, day, day + dayMs)),
        counts: countsOf(hoursOf.get(`${account} ${day}`) ?? []),
        findings: (findingsOf.get(account) ?? []).filter(({ from, to }) => from < day + dayMs && to >= day),
        isUnread: unread === "many" || unread.has(account),
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
  /** A digest names log files of today that nobody has read yet. */
  readonly isUnread: boolean;
  readonly isCut: boolean;
}

function stateDay(facts: DayFacts): DayStatement {
  const { accountId, day, now, chains, counts } = facts;
  const isOver = now >= day + dayMs;
  const covers = chains.map((memory) => coverOf(memory, day, day + dayMs));
  // Today is complete as far as all chains have come.
  const to = isOver ? day + dayMs : Math.max(day, Math.min(now, ...covers.map((cover) => cover.to)));
  const reasons = [...reasonsOfCovers(facts, isOver), ...reasonsOfFiles(facts, isOver), ...reasonsOfFindings(facts)];
  if (reasons.length === 0 && to <= day) reasons.push("No digest that covers its beginning has come yet");
  const regions = [...new Set(chains.map(({ chain }) => chain.region))].sort();
  const proven = counts["proven"] ?? 0;
  const words = `${countText(proven, "log file")} in ${countText(regions.length, "region")}`;
  const isComplete = reasons.length === 0;
  return {
    ...{ accountId, isComplete, from: day, to: isComplete ? to : Math.min(day + dayMs, now), regions },
    day: new Date(day).toISOString().slice(0, 10),
    logFiles: Object.values(counts).reduce((sum, count) => sum + count, 0),
    sentence: isComplete
      ? `Complete from ${timeText(day)} to ${timeText(to)}, proven: ${words}.`
      : `Not proven: ${someOf(reasons)}.`,
    reasons: reasons.slice(0, reasonsMax),
  };
}

function reasonsOfCovers({ chains, day }: DayFacts, isOver: boolean): readonly string[] {
  if (chains.length === 0) return ["No digests of the account were collected that speak for this day"];
  return chains.flatMap((memory) => {
    const { reason, isOnlyTail } = coverOf(memory, day, day + dayMs);
    return reason === undefined || (!isOver && isOnlyTail) ? [] : [reason];
  });
}

function reasonsOfFiles({ counts, isUnread }: DayFacts, isOver: boolean): readonly string[] {
  const words: readonly (readonly [kind: string, one: string, many: string])[] = [
    ["broken", "is not what was signed", "are not what was signed"],
    ["missing", "is missing", "are missing"],
    ["undeclared", "is named by no digest", "are named by no digest"],
    ["unproven", "cannot be proven", "cannot be proven"],
  ];
  const bad = words.flatMap(([kind, one, many]) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : [`${countText(count, "log file")} ${count === 1 ? one : many}`];
  });
  const waiting = counts["waiting"] ?? 0;
  // What was delivered after the newest digest waits for the next one, while the day goes on.
  if (isOver && waiting > 0) bad.push(`${countText(waiting, "log file")} ${waiting === 1 ? "waits" : "wait"}`);
  if (!isOver && isUnread) bad.push("Log files that digests name are not read yet");
  return bad;
}

function reasonsOfFindings({ findings, isCut }: DayFacts): readonly string[] {
  const told = findings.filter(({ kind }) => kind !== "chain-ended").map(({ sentence }) => sentence.replace(/\.$/, ""));
  return isCut ? [...told, "There are more open findings than are looked at for one question"] : told;
}

/** Accounts with log files of today that digests name and nobody has read. */
async function unreadOfToday(
  { proofs }: KeepingParts,
  lane: { readonly accountId?: string; readonly region?: string },
  now: number,
): Promise<ReadonlySet<string> | "many"> {
  const rows = await proofs.verdictList({ ...lane, from: dayOf(now), verdicts: ["waiting"] }, { limit: unreadMax });
  if (rows.length >= unreadMax) return "many";
  return new Set(rows.filter(({ reason }) => reason === "not-read-yet").map(({ accountId }) => accountId));
}

function someOf(reasons: readonly string[]): string {
  const more = reasons.length - reasonsSaid;
  return `${reasons.slice(0, reasonsSaid).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function countText(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
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
