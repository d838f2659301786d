import { chainId } from "../../cloudtrail/index.ts";
import type { DigestVerdictRow } from "../../store/index.ts";
import type { DayStatement, IntegrityAsk, IntegrityFinding } from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { timeText } from "./chain-views.ts";
import type { KeepingParts } from "./look.ts";
import { usualPaceMs } from "./options.ts";

const dayMs = 86_400_000;
const [digestsMax, findingsMax] = [200_000, 10_000];
/** More reasons than that nobody reads. */
const reasonsMax = 20;

/** What may be said of whole days, account by account: complete and proven only where nothing at all is open. */
export async function dayStatements(ask: IntegrityAsk, parts: KeepingParts): Promise<readonly DayStatement[]> {
  const { proofs, findings, chains, clock } = parts;
  await chains.load();
  const now = clock.now();
  const days = daysOf(ask, now);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lane = { ...(ask.accountId === undefined ? {} : { accountId: ask.accountId }) };
  const chosen = { ...lane, ...(ask.region === undefined ? {} : { region: ask.region }) };
  const span = { ...chosen, from: first, to: last + dayMs };
  const [hours, digests, open] = await Promise.all([
    proofs.verdictHours(span),
    proofs.digestVerdicts({ ...span, to: span.to + 4 * usualPaceMs }, digestsMax),
    findings.all({ ...span, isOpen: true }, findingsMax),
  ]);
  const rows = Map.groupBy(digests, ({ chain }) => chain);
  const known = chains.all().filter(({ chain }) => isAsked(chain, ask));
  const accounts = new Set([...known.map(({ chain }) => chain.accountId), ...hours.map(({ accountId }) => accountId)]);
  return days.flatMap((day) =>
    [...accounts].sort().map((accountId) =>
      stateDay({
        ...{ accountId, day, now, rows },
        chains: known.filter(({ chain, beganAt }) => chain.accountId === accountId && beganAt < day + dayMs),
        counts: countsOf(
          hours.filter((hour) => hour.accountId === accountId && hour.hour >= day && hour.hour < day + dayMs),
        ),
        findings: open.filter((one) => one.accountId === accountId && one.from < day + dayMs && one.to >= day),
        isCut: digests.length >= digestsMax || open.length >= findingsMax,
      }),
    ),
  );
}

interface DayFacts {
  readonly accountId: string;
  readonly day: number;
  readonly now: number;
  readonly rows: ReadonlyMap<string, readonly DigestVerdictRow[]>;
  readonly chains: readonly ChainMemory[];
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly IntegrityFinding[];
  readonly isCut: boolean;
}

function stateDay(facts: DayFacts): DayStatement {
  const { accountId, day, now, rows, chains, counts, findings } = facts;
  const end = Math.min(day + dayMs, now);
  const isOver = now >= day + dayMs;
  const timely = chains.filter(({ chain }) => !chain.isBackfill);
  const covers = timely.map((memory) => coverOf(memory, rows.get(chainId(memory.chain)) ?? [], day, day + dayMs));
  // Today is complete as far as all chains have come.
  const to = covers.length === 0 ? day : Math.min(end, ...covers.map((cover) => (isOver ? end : cover.to)));
  const reasons = [
    ...(facts.isCut ? ["There is more than can be looked at in one question; ask for fewer days"] : []),
    ...(timely.length === 0 ? ["No digests of the account were collected that speak for this day"] : []),
    ...covers.flatMap(({ reason }) => (reason === undefined || (!isOver && reason.isOnlyTail) ? [] : [reason.text])),
    ...reasonsOfCounts(counts, isOver),
    ...findings.filter(({ kind }) => kind !== "chain-ended").map(({ sentence }) => sentence.replace(/\.$/, "")),
  ];
  const logFiles = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isComplete = reasons.length === 0 && to > day;
  const regions = [...new Set(timely.map(({ chain }) => chain.region))].sort();
  const said = isComplete
    ? `Complete from ${timeText(day)} to ${timeText(to)}, proven: ${counts["proven"] ?? 0} log files in ${regions.length} region${regions.length === 1 ? "" : "s"}.`
    : `Not proven: ${[...reasons, ...(reasons.length === 0 ? ["No digest of the day has come yet"] : [])].slice(0, 3).join("; ")}${reasons.length > 3 ? `; and ${reasons.length - 3} more` : ""}.`;
  return {
    ...{ accountId, isComplete, from: day, to, regions, logFiles, sentence: said },
    day: new Date(day).toISOString().slice(0, 10),
    reasons: reasons.slice(0, reasonsMax),
  };
}

interface Cover {
  /** As far as it is covered without a hole from the beginning. */
  readonly to: number;
  readonly reason: { readonly text: string; readonly isOnlyTail: boolean } | undefined;
}

/** Whether a chain's valid digests cover a span without a hole. */
function coverOf({ chain, tail }: ChainMemory, rows: readonly DigestVerdictRow[], from: number, to: number): Cover {
  let at = from;
  const valid = rows.filter(({ verdict, startsAt }) => verdict === "valid" && startsAt !== undefined);
  for (const { startsAt = 0, endsAt } of valid.toSorted((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0))) {
    if (startsAt > at || at >= to) break;
    at = Math.max(at, endsAt);
  }
  // After a chain's end nothing was logged, and nothing is left out.
  if (at >= to) return { to, reason: undefined };
  const isOnlyTail = !valid.some(({ endsAt }) => endsAt > at) && at > from && !tail.isOverdue;
  const ended = tail.endedAt !== undefined && !tail.isOverdue ? ", where it ended" : "";
  const text = `The digests of ${chain.trailName} in ${chain.region} cover the day to ${timeText(at)} only${ended}`;
  return { to: at, reason: { text, isOnlyTail } };
}

function reasonsOfCounts(counts: Readonly<Record<string, number>>, isOver: boolean): readonly string[] {
  const words: readonly (readonly [kind: string, text: string])[] = [
    ["broken", "not what was signed"],
    ["missing", "missing"],
    ["undeclared", "named by no digest"],
    ["unproven", "cannot be proven"],
    // What was delivered after the newest digest waits for the next one, while the day goes on.
    ...(isOver ? [["waiting", "waiting"] as const] : []),
  ];
  return words.flatMap(([kind, text]) => {
    const count = counts[kind] ?? 0;
    return count === 0
      ? []
      : [
          `${count} log file${count === 1 ? " is" : "s are"} ${text}`
            .replace("is cannot", "cannot")
            .replace("are cannot", "cannot"),
        ];
  });
}

function countsOf(hours: readonly { readonly counts: Readonly<Record<string, number>> }[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of hours)
    for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

function isAsked(chain: { readonly accountId: string; readonly region: string }, ask: IntegrityAsk): boolean {
  return (
    (ask.accountId === undefined || chain.accountId === ask.accountId) &&
    (ask.region === undefined || chain.region === ask.region)
  );
}

/** Starts of the days that a question touches, newest first; no more than a year, and none that has not begun. */
function daysOf({ from, to }: IntegrityAsk, now: number): readonly number[] {
  const first = Math.floor(from / dayMs) * dayMs;
  const days: number[] = [];
  for (let day = first; day < Math.min(to, now) && days.length < 366; day += dayMs) days.push(day);
  return days;
}
