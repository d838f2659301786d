/** What rules have found: hits, and the findings that they add up to. */
export interface FindingTable {
  /**
   * Takes hits, in one transaction. One that is known (same rule, same event) changes nothing. A new one joins the finding
   * of the same rule and group from which it is no further away than its dedup period (or that of the finding's hit, where
   * that is longer), makes two of these one when it lies between them, or begins one; staged and other hits are apart.
   * What comes out does not depend on the order in which hits came: a finding has the words of its earliest hit, the
   * severest level and the strongest outcome of all; of two that become one, the one that was made first stays. Of one
   * rule and UTC day of events 10,000 hits are kept: further ones are counted (`countByRule`), and nothing else is known
   * of them. Returns the findings that changed, those that became part of another one among them.
   */
  take(hits: readonly HitRow[], rest?: TakeRest): Promise<readonly FindingRow[]>;
  get(id: string): Promise<FindingRow | undefined>;
  /** The newest first. */
  list(ask: FindingAsk, page: { readonly after?: string | undefined; readonly limit: number }): Promise<FindingRow[]>;
  /** Those that changed after a number of `changed`, in that order: how whoever reads them all goes on. */
  changedSince(changed: number, limit: number): Promise<FindingRow[]>;
  /** The hits of a finding, by time. */
  hitsOf(finding: string, limit: number): Promise<HitRow[]>;
  /** The rules that single events have hit, and the correlations whose hits are about them alone, by event key. */
  hitsOn(events: readonly string[]): Promise<ReadonlyMap<string, readonly { rule: string; finding: string }[]>>;
  /** How often rules have hit and what they have found since the UTC day of a time (of events), by rule; staged ones too. */
  countByRule(since: number): Promise<ReadonlyMap<string, RuleCount>>;
  /** Spans of event time that correlations are to be judged on once more; kept until they are settled. */
  spans(): Promise<DirtySpan[]>;
  settleSpan(id: number): Promise<void>;
  setting(name: string): Promise<unknown>;
  setSetting(name: string, value: unknown): Promise<void>;
}

/** What is written together with hits, in their transaction. */
export interface TakeRest {
  readonly spans?: readonly { readonly from: number; readonly to: number }[];
  /** When they are taken, milliseconds; now where absent. */
  readonly at?: number;
}

export interface DirtySpan {
  readonly id: number;
  /** Milliseconds, of event time. */
  readonly from: number;
  readonly to: number;
}

/** A rule matched an event, or a correlation several. */
export interface HitRow {
  /** The rule's key. */
  readonly rule: string;
  /** What it is one with: `account/eventID` of a rule's event, the hit's id of a correlation. */
  readonly event: string;
  /** Milliseconds; of a correlation's first and last event. */
  readonly from: number;
  readonly to: number;
  /** Evidence, as event keys, oldest first; at most 1,000. */
  readonly events: readonly string[];
  readonly accountId: string;
  readonly region: string;
  /** What further hits must share to be the same finding: the actor's key, or the values that a correlation groups by. */
  readonly group: string;
  readonly dedupMs: number;
  readonly level: string;
  readonly outcome: FindingOutcome;
  /** Found while the rule was being tried out: told, and nobody is disturbed. */
  readonly isStaged: boolean;
  /** Key of the actor (`lineage/`), empty where there is none. */
  readonly actor: string;
  /** Detection knows the shape (`HitFacts`). */
  readonly content: unknown;
}

/** What becomes of a finding: it is kept, it is (part of) an incident, or somebody is told of it and nothing else. */
export type FindingOutcome = "observation" | "incident" | "notification";

export interface FindingRow {
  /** Does not change while the finding grows. */
  readonly id: string;
  readonly rule: string;
  readonly group: string;
  readonly level: string;
  readonly outcome: FindingOutcome;
  readonly isStaged: boolean;
  readonly accountId: string;
  readonly region: string;
  readonly actor: string;
  readonly from: number;
  readonly to: number;
  readonly hits: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Grows with every change of any finding. */
  readonly changed: number;
  /** The finding that this one became a part of; it has no hits of its own any more. */
  readonly mergedInto: string | undefined;
  /** That of the hit that began it: `HitFacts`. */
  readonly content: unknown;
}

export interface FindingAsk {
  readonly rule?: string | undefined;
  readonly accountId?: string | undefined;
  readonly actor?: string | undefined;
  readonly level?: readonly string[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly isStaged?: boolean | undefined;
}

export interface RuleCount {
  readonly hits: number;
  readonly findings: number;
  /** Milliseconds, of event time. */
  readonly lastAt: number;
  /** Hits beyond what is kept of one rule and day: counted, and nothing else is known of them. */
  readonly notKept: number;
}
