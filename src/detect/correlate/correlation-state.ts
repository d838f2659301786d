import { type FieldPath, readNumber, textsAt } from "../../predicate/index.ts";
import type { AssembledCorrelation } from "../sigma/assemble.ts";
import type { SigmaCorrelation } from "../sigma/document.ts";
import { type Behind, untold, untoldWith } from "./evidence.ts";
import { Group } from "./group.ts";
import { groupsOf } from "./group-keys.ts";
import { couldHold, isJudgedAtOnce, type Judgement, judgeWindow } from "./judge.ts";
import type { Load } from "./load.ts";
import type { CorrelationHit, Evidence, MatchedEvent, Told } from "./matched-event.ts";
import { pareRecord } from "./pared-record.ts";
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

interface StateParts {
  /** What other correlations that build on this one ask of its events; nothing where none does. */
  readonly passedOn: readonly FieldPath[] | undefined;
  readonly tell: (told: Told) => void;
  /** Shared with the others. */
  readonly load: Load;
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
  readonly #passedOn: StateParts["passedOn"];
  readonly #tell: (told: Told) => void;
  readonly #isJudgedAtOnce: boolean;
  readonly #entriesMax: number;
  readonly #load: Load;
  readonly #counts: Load["counts"];
  /** Those that were added to last come last. */
  readonly #groups = new Map<string, Group>();
  #entries = 0;
  #settledUntil = Number.NEGATIVE_INFINITY;
  /** Windows that end until then may lack what was given up. */
  #lackingUntil = Number.NEGATIVE_INFINITY;

  constructor({ correlation, rules, fields }: AssembledCorrelation, { passedOn, tell, load }: StateParts) {
    this.rules = rules;
    this.#correlation = correlation;
    this.#fields = fields;
    this.#passedOn = passedOn;
    this.#tell = tell;
    this.#load = load;
    this.#counts = load.counts;
    this.#isJudgedAtOnce = isJudgedAtOnce(correlation);
    const isWalked =
      correlation.condition.percentile !== undefined || /^(?:value_count|temporal)$/.test(correlation.type);
    this.#entriesMax = isWalked && !this.#isJudgedAtOnce ? walkedEntriesMax : entriesMax;
  }

  get entries(): number {
    return this.#entries;
  }

  get groups(): number {
    return this.#groups.size;
  }

  /** Something was given up that windows could still reach. */
  get isLacking(): boolean {
    return this.#lackingUntil > this.#settledUntil;
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
      this.#count(-group.forgetBefore(until - 2 * this.#correlation.timespanMs));
      if (group.timeline.length === 0) this.#drop(key);
    }
  }

  /** Forgets groups before their time: some of those to which nothing was added for longest. */
  giveUpOldest(): void {
    const { timespanMs } = this.#correlation;
    // Several at once: to find the first one of a map from which many were taken is slow.
    let left = Math.max(1, Math.trunc(this.#groups.size / 16));
    for (const [key, { timeline }] of this.#groups) {
      if (left === 0) break;
      left -= 1;
      const last = timeline.at(timeline.length - 1)?.at ?? Number.NEGATIVE_INFINITY;
      this.#lackingUntil = Math.max(this.#lackingUntil, last + timespanMs);
      this.#count(-timeline.length);
      this.#drop(key);
      this.#counts.givenUp += 1;
    }
  }

  #count(entries: number): void {
    this.#entries += entries;
    this.#load.entries += entries;
  }

  #drop(key: string): void {
    this.#groups.delete(key);
    this.#load.groups -= 1;
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
    const group = this.#groupOf(values);
    const known = group.get(occurrence.id);
    const added = lanes.filter((lane) => known?.lanes.has(lane) !== true);
    if (known !== undefined && added.length === 0) {
      this.#counts.repeated += 1;
      return [];
    }
    const entry = known ?? this.#entryOf(occurrence, lanes);
    if (known === undefined) {
      const surplus = group.add(entry);
      this.#counts.overflowed += surplus;
      this.#count(1 - surplus);
    } else for (const lane of added) group.addLane(known, lane);
    if (!this.#isJudgedAtOnce) {
      this.#counts.late += occurrence.at <= this.#settledUntil ? 1 : 0;
      return [];
    }
    const found = this.#judgeAround(group, occurrence.at);
    for (const behind of untoldWith(this.#correlation, group, entry)) this.#tellOf(group, behind);
    return found;
  }

  /** The group with these values, as the one that is added to last. */
  #groupOf(values: readonly string[]): Group {
    const key = JSON.stringify(values);
    const known = this.#groups.get(key);
    if (known === undefined) this.#load.groups += 1;
    else this.#groups.delete(key);
    const group = known ?? new Group(values, this.#entriesMax);
    this.#groups.set(key, group);
    return group;
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
      record: this.#passedOn && pareRecord(record, this.#passedOn),
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
