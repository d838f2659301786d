import { parseStored } from "../../cloudtrail/index.ts";
import { type FieldPath, textsAt } from "../../predicate/index.ts";
import type { ArrivedFile, Arrivals, StoredRecord } from "../../store/index.ts";
import type { ArrivalJudge, JudgedEvent } from "../running/arrival-judge.ts";
import type { HeldList } from "./list-book.ts";
import { isServiceName } from "./network-nature.ts";
import type { ThreatList } from "./threat-list.ts";

/** What of an event each kind of list is held against. */
const pathOf: Readonly<Record<ThreatList["kind"], FieldPath>> = {
  addresses: ["sourceIPAddress"],
  keys: ["userIdentity", "accessKeyId"],
  domains: ["userAgent"],
};

const noun: Readonly<Record<ThreatList["kind"], string>> = {
  addresses: "Address",
  keys: "Access key",
  domains: "Domain in the user agent",
};

/** Of hits on one list by one actor so close together one finding is made. */
const dedupMs = 86_400_000;
/** So many values are asked for in one statement. */
const valuesAtOnce = 500;
/** CloudTrail cuts user agents at 1 KB. */
const textCharactersMax = 2_000;
const domainsInTextMax = 50;
const domainCharactersMax = 253;

/** Holds the different values of what arrives against the lists, and fetches the events of those that are on one. */
export class ListJudge implements ArrivalJudge {
  readonly #lists: () => readonly HeldList[];
  readonly #now: () => number;

  constructor(lists: () => readonly HeldList[], now: () => number) {
    this.#lists = lists;
    this.#now = now;
  }

  async *judge(arrivals: Arrivals, files: readonly ArrivedFile[], signal: AbortSignal): AsyncGenerator<JudgedEvent> {
    const lists = this.#lists().filter(({ entries }) => entries.size > 0);
    for (const kind of ["addresses", "keys", "domains"] as const) {
      const ofKind = lists.filter(({ kept }) => kept.kind === kind);
      if (ofKind.length > 0) yield* this.#judgeBy(kind, ofKind, arrivals, files, signal);
    }
  }

  async *#judgeBy(
    kind: ThreatList["kind"],
    lists: readonly HeldList[],
    arrivals: Arrivals,
    files: readonly ArrivedFile[],
    signal: AbortSignal,
  ): AsyncGenerator<JudgedEvent> {
    const path = pathOf[kind];
    const values = await arrivals.distinct(files, path, signal);
    const hits = new Map<string, readonly Hit[]>();
    for (const value of values) {
      const found = lists.flatMap((list) => hitOf(list, value, this.#now()));
      if (found.length > 0) hits.set(value, found);
    }
    const hitValues = [...hits.keys()];
    for (let from = 0; from < hitValues.length; from += valuesAtOnce) {
      const test = { op: "equals", values: hitValues.slice(from, from + valuesAtOnce), cased: true } as const;
      for await (const records of arrivals.records(files, { predicate: { kind: "field", path, test } }, signal)) {
        for (const stored of records) {
          const record = parseStored(stored.raw);
          const [value = ""] = textsAt(record, path);
          for (const hit of hits.get(value) ?? []) yield judged(hit, stored, record);
        }
      }
    }
  }
}

/** The lists that a value is on. */
export function listsWith(lists: readonly HeldList[], kind: ThreatList["kind"], value: string, now: number): string[] {
  return lists.flatMap((list) =>
    list.kept.kind === kind && hitOf(list, value, now).length > 0 ? [list.kept.name] : [],
  );
}

interface Hit {
  readonly list: ThreatList;
  readonly entry: string;
}

function hitOf({ kept, entries }: HeldList, value: string, now: number): Hit[] {
  for (const candidate of candidatesIn(kept.kind, value)) {
    const [entry, toldAt = 0] = entries.find(candidate) ?? [];
    const isLive = kept.expireMs === 0 || toldAt * 1000 + kept.expireMs > now;
    if (entry !== undefined && isLive) return [{ list: kept, entry }];
  }
  return [];
}

/** A user agent may name several domains; an address may be a service's name, which no list is about. */
function candidatesIn(kind: ThreatList["kind"], value: string): readonly string[] {
  if (kind === "addresses") return isServiceName(value) ? [] : [value];
  if (kind === "keys") return [value];
  return value
    .slice(0, textCharactersMax)
    .toLowerCase()
    .split(/[^a-z0-9_.-]+/)
    .map((word) => word.replace(/\.$/, ""))
    .filter((word) => word.length <= domainCharactersMax && /\.[a-z][a-z0-9-]+$/.test(word))
    .slice(0, domainsInTextMax);
}

function judged({ list, entry }: Hit, { account, id, time }: StoredRecord, record: unknown): JudgedEvent {
  return {
    rule: `threat-list/${list.name}`,
    title: `${noun[list.kind]} on the threat list ${list.name}`,
    level: list.level,
    outcome: list.outcome,
    tags: list.kind === "keys" ? ["attack.initial-access", "attack.t1078.004"] : [],
    dedupMs,
    indicator: entry,
    ...{ record, account, id, time },
  };
}
