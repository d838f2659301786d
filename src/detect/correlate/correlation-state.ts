import { readNumber, textsAt } from "../../predicate/index.ts";
import type { AssembledCorrelation } from "../sigma/assemble.ts";
import type { SigmaCorrelation } from "../sigma/document.ts";
import { type Behind, untold, untoldWith } from "./evidence.ts";
import { Group } from "./group.ts";
import { groupsOf } from "./group-keys.ts";
import { couldHold, isJudgedAtOnce, type Judgement, judgeWindow } from "./judge.ts";
import type { CorrelationCounts, CorrelationHit, Evidence, MatchedEvent, Told } from "./matched-event.ts";
import type { Entry } from "./timeline.ts";

/** An event, or the hit of a correlation that others build on. */
export interface Occurrence extends MatchedEvent {
  readonly evidence: readonly Evidence[];
  /** The hit goes on with a story that has been told; whoever counts stories counts it once. */
  readonly isContinuation?: boolean;
}

interface Found {
  readonly hit: CorrelationHit;
  readonly occurrence: Occurrence;
}

const evidenceMax = 1_000;

/** Entries of one group; fewer where the whole window is gone through for each event. */
const entriesMax = 50_000;
const walkedEntriesMax = 5_000;

/** What one correlation remembers. */
export class CorrelationState {
  readonly rules: readonly string[];
  readonly #correlation: SigmaCorrelation;
  readonly #fields: AssembledCorrelation["fields"];
  readonly #isBuiltOn: boolean;
  readonly #tell: (told: Told) => void;
  readonly #isJudgedAtOnce: boolean;
  readonly #entriesMax: number;
  readonly #groups = new Map<string, Group>();
  readonly #counts = { repeated: 0, late: 0, ungrouped: 0, overflowed: 0 };
  #settledUntil = Number.NEGATIVE_INFINITY;

  constructor(
    { correlation, rules, fields }: AssembledCorrelation,
    isBuiltOn: boolean,
    tell: (told: Told) => void = () => undefined,
  ) {
    this.rules = rules;
    this.#correlation = correlation;
    this.#fields = fields;
    this.#isBuiltOn = isBuiltOn;
    this.#tell = tell;
    this.#isJudgedAtOnce = isJudgedAtOnce(correlation);
    const isWalked =
      correlation.condition.percentile !== undefined || /^(?:value_count|temporal)$/.test(correlation.type);
    this.#entriesMax = isWalked && !this.#isJudgedAtOnce ? walkedEntriesMax : entriesMax;
  }

  get counts(): CorrelationCounts {
    return this.#counts;
  }

  get size(): number {
    return [...this.#groups.values()].reduce((sum, { timeline }) => sum + timeline.length, 0);
  }

  take(occurrence: Occurrence): readonly Found[] {
    const { type, timespanMs } = this.#correlation;
    const isOrder = type === "temporal" || type === "temporal_ordered";
    if (occurrence.isContinuation === true && !isOrder) {
      return [];
    }
    if (occurrence.at <= this.#settledUntil - timespanMs) {
      this.#counts.late += 1;
      return [];
    }
    return this.#placesOf(occurrence, isOrder).flatMap(({ group, lanes }) => this.#add(group, lanes, occurrence));
  }

  /** Judges what no more events can change. */
  settle(until: number): readonly Found[] {
    this.#settledUntil = Math.max(this.#settledUntil, until);
    if (this.#isJudgedAtOnce) {
      return [];
    }
    return [...this.#groups.values()].flatMap((group) => {
      const { timeline } = group;
      // Judged entries are looked at again only as long as windows reach back to them.
      const ends = timeline.slice(0, timeline.firstAfter(until)).filter(({ isJudged }) => !isJudged);
      return ends.flatMap((end) => this.#judge(group, end));
    });
  }

  /** Forgets what no window will reach: windows of late events reach one timespan further back. */
  forget(until: number): void {
    for (const [key, group] of this.#groups) {
      group.forgetBefore(until - 2 * this.#correlation.timespanMs);
      if (group.timeline.length === 0) this.#groups.delete(key);
    }
  }

  /** The groups that an event belongs to, each with what it is looked up by there. */
  #placesOf(
    occurrence: Occurrence,
    isOrder: boolean,
  ): readonly { group: readonly string[]; lanes: readonly string[] }[] {
    const places = new Map<string, { group: readonly string[]; lanes: string[] }>();
    for (const [index, rule] of this.rules.entries()) {
      const fields = occurrence.rules.includes(rule) ? this.#fields.get(rule) : undefined;
      if (fields === undefined) continue;
      const values = groupsOf(occurrence.record, fields.values).map((texts) => JSON.stringify(texts));
      const groups = values.length === 0 ? [] : groupsOf(occurrence.record, fields.group);
      this.#counts.ungrouped += groups.length === 0 ? 1 : 0;
      for (const group of groups) {
        const key = JSON.stringify(group);
        const place = places.get(key) ?? { group, lanes: [] };
        place.lanes.push(...(isOrder ? [String(index)] : values));
        places.set(key, place);
      }
    }
    return [...places.values()];
  }

  #add(values: readonly string[], lanes: readonly string[], occurrence: Occurrence): readonly Found[] {
    const key = JSON.stringify(values);
    const group = this.#groups.get(key) ?? new Group(values, this.#entriesMax);
    this.#groups.set(key, group);
    const known = group.get(occurrence.id);
    const added = lanes.filter((lane) => known?.lanes.has(lane) !== true);
    if (known !== undefined && added.length === 0) {
      this.#counts.repeated += 1;
      return [];
    }
    const entry = known ?? this.#entryOf(occurrence, lanes);
    if (known === undefined) this.#counts.overflowed += group.add(entry);
    else for (const lane of added) group.addLane(known, lane);
    if (!this.#isJudgedAtOnce) {
      this.#counts.late += occurrence.at <= this.#settledUntil ? 1 : 0;
      return [];
    }
    const found = this.#judgeAround(group, occurrence.at);
    for (const behind of untoldWith(this.#correlation, group, entry)) this.#tellOf(group, behind);
    return found;
  }

  #entryOf(occurrence: Occurrence, lanes: readonly string[]): Entry {
    const { id, at, evidence, record } = occurrence;
    const fields = this.rules.flatMap((rule) =>
      occurrence.rules.includes(rule) ? (this.#fields.get(rule)?.values ?? []) : [],
    );
    const numbers = fields
      .slice(0, 1)
      .flatMap((path) => textsAt(record, path).flatMap((text) => readNumber(text) ?? []));
    return {
      id,
      at,
      evidence,
      lanes: new Set(lanes),
      numbers,
      record: this.#isBuiltOn ? record : undefined,
      // What comes after its time was settled counts for windows that are still open.
      isJudged: !this.#isJudgedAtOnce && at <= this.#settledUntil,
      isHit: false,
      isTold: false,
    };
  }

  /** An event can complete the windows that end with it or within a timespan behind it. */
  #judgeAround(group: Group, at: number): readonly Found[] {
    const { timeline } = group;
    const { timespanMs } = this.#correlation;
    if (!couldHold(this.#correlation, group, at - timespanMs, at + timespanMs)) {
      return [];
    }
    const ends = timeline.slice(timeline.firstFrom(at), timeline.firstAfter(at + timespanMs));
    return ends.filter(({ isHit }) => !isHit).flatMap((end) => this.#judge(group, end));
  }

  #judge(group: Group, end: Entry): readonly Found[] {
    end.isJudged = true;
    const judgement = judgeWindow(this.#correlation, group, end);
    if (judgement === undefined) {
      return [];
    }
    const continued = this.#neighbourOf(group, end);
    const behind = untold(this.#correlation, group, end);
    this.#tellOf(group, behind, judgement.value);
    end.isHit = true;
    group.hits.insert(end);
    const told = continued === undefined ? judgement.events() : [...behind.entries, end];
    return [this.#found(group, end, judgement, { continued, told })];
  }

  #tellOf(group: Group, { end, entries }: Behind, known?: number): void {
    const untoldYet = entries.filter(({ isTold }) => !isTold);
    if (untoldYet.length === 0) return;
    for (const entry of untoldYet) entry.isTold = true;
    const value = known ?? judgeWindow(this.#correlation, group, end)?.value ?? 0;
    const events = untoldYet.flatMap(({ evidence }) => evidence);
    this.#tell({ correlation: this.#correlation.key, group: group.values, value, to: end.at, events });
  }

  /** The nearest hit before, else behind, that lies within a timespan. */
  #neighbourOf({ hits }: Group, end: Entry): Entry | undefined {
    const { timespanMs } = this.#correlation;
    const behind = hits.firstAfter(end.at);
    const [before, next] = [hits.at(behind - 1), hits.at(behind)];
    if (before !== undefined && before.at >= end.at - timespanMs) return before;
    return next !== undefined && next.at <= end.at + timespanMs ? next : undefined;
  }

  #found(
    group: Group,
    end: Entry,
    judgement: Judgement,
    { continued, told }: { readonly continued: Entry | undefined; readonly told: readonly Entry[] },
  ): Found {
    const { key } = this.#correlation;
    const idOf = (entry: Entry) => `${key}/${JSON.stringify(group.values)}/${entry.id}`;
    const evidence = [
      ...new Map(told.slice(-evidenceMax).flatMap((entry) => entry.evidence.map((each) => [each.id, each]))).values(),
    ].slice(-evidenceMax);
    const hit: CorrelationHit = {
      id: idOf(end),
      correlation: key,
      group: group.values,
      from: judgement.first.at,
      to: end.at,
      value: judgement.value,
      continues: continued && idOf(continued),
      eventIds: evidence.map(({ id }) => id),
    };
    const isContinuation = continued !== undefined;
    return { hit, occurrence: { id: hit.id, at: end.at, record: end.record, rules: [key], evidence, isContinuation } };
  }
}
