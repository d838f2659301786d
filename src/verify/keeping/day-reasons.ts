import type { IntegrityFinding } from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import type { Cover, CoverReason } from "./day-cover.ts";

/** A chain with how it covers a day. */
export interface ChainCover {
  readonly memory: ChainMemory;
  readonly cover: Cover;
}

const words: Readonly<Record<CoverReason, (at: string) => string>> = {
  invalid: () => "are not valid",
  begins: (at) => `begin at ${at}`,
  "many-gaps": () => "have more gaps than are remembered",
  hole: (at) => `do not cover the time from ${at} on`,
  overdue: (at) => `cover the day up to ${at}, and the next one is overdue`,
  ended: (at) => `cover the day up to ${at}, where they ended`,
  late: (at) => `cover the day up to ${at} so far`,
};

/** Why digests do not cover a day: one reason for all regions of a trail in which it is the same. */
export function reasonsOfCovers(covers: readonly ChainCover[]): readonly string[] {
  const lacking = covers.filter(({ cover }) => cover.reason !== undefined);
  const groups = Map.groupBy(lacking, ({ memory, cover }) => `${memory.chain.trailName}\n${cover.reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first?.cover.reason === undefined) return [];
    const times = group.map(({ cover }) => cover.at).sort((a, b) => a - b);
    const [earliest = 0, latest = 0] = [times[0], times.at(-1)];
    const same = clockText(earliest) === clockText(latest);
    const at = same ? clockText(earliest) : `${clockText(earliest)} or later`;
    const regions = [...new Set(group.map(({ memory }) => memory.chain.region))];
    const where = regions.length === 1 ? (regions[0] ?? "") : `${regions.length} regions`;
    return [`The digests of ${first.memory.chain.trailName} ${words[first.cover.reason](at)} in ${where}`];
  });
}

/** What is wrong with a day's log files, by how many. */
export function reasonsOfFiles(counts: Readonly<Record<string, number>>): readonly string[] {
  const kinds: readonly (readonly [kind: string, one: string, many: string])[] = [
    ["broken", "is not what was signed", "are not what was signed"],
    ["missing", "is missing", "are missing"],
    ["undeclared", "is named by no digest", "are named by no digest"],
    ["unproven", "cannot be proven", "cannot be proven"],
  ];
  return kinds.flatMap(([kind, one, many]) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : [`${countText(count, "log file")} ${count === 1 ? one : many}`];
  });
}

/** What stands open; a single finding by its own words. */
export function reasonsOfFindings(findings: readonly IntegrityFinding[], isCut: boolean): readonly string[] {
  // That a trail was stopped is told calmly, and covers tell it.
  const told = findings.filter(({ kind }) => kind !== "chain-ended");
  const cut = isCut ? ["There are more open findings than are looked at for one question"] : [];
  if (told.length > 1) return [`${told.length} findings are open`, ...cut];
  return [...told.map(({ sentence }) => sentence.replace(/\.$/, "")), ...cut];
}

export function countText(count: number, what: string): string {
  return `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
}

/** `13:05 UTC`; the day stands beside it. */
export function clockText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
