/** The tables of findings; see `Tables`. */
export interface FindingTables {
  readonly findings: FindingsTable;
  readonly finding_hits: FindingHitsTable;
  readonly finding_days: FindingDaysTable;
  readonly finding_spans: { readonly id: number; readonly from_at: number; readonly to_at: number };
  readonly finding_counters: { readonly name: string; readonly last: number };
  readonly finding_settings: { readonly name: string; readonly value: string };
}

export interface FindingsTable {
  readonly id: string;
  readonly rule: string;
  /** The group, or a hash of one that is too long for an index. */
  readonly group_key: string;
  readonly group_text: string;
  readonly is_staged: number;
  readonly level: string;
  readonly outcome: string;
  readonly account_id: string;
  readonly region: string;
  readonly actor: string;
  readonly from_at: number;
  readonly to_at: number;
  /** From when to when another hit, however short its own dedup period is, belongs to it. */
  readonly reach_from: number;
  readonly reach_to: number;
  /** Key of its earliest hit, whose content it has. */
  readonly first_event: string;
  readonly hits: number;
  readonly created_at: number;
  readonly changed_at: number;
  readonly changed: number;
  readonly merged_into: string | null;
  readonly content: string;
}

export interface FindingHitsTable {
  readonly rule: string;
  /** The hit's event, or a hash of one that is too long for an index. */
  readonly event_key: string;
  readonly finding: string;
  /** The single event that it is evidence of; of several, what it is one with. Short too. */
  readonly about: string;
  readonly from_at: number;
  readonly to_at: number;
  /** The hit. */
  readonly content: string;
}

/** Hits by rule and UTC day (of 1970) of the event. */
export interface FindingDaysTable {
  readonly rule: string;
  readonly day: number;
  readonly kept: number;
  readonly not_kept: number;
  readonly last_at: number;
}
