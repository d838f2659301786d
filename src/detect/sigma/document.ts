import type { Predicate } from "../../predicate/index.ts";

/** How severe it is when a rule fires, from the least. */
export const levels = ["informational", "low", "medium", "high", "critical"] as const;
export type Level = (typeof levels)[number];

export const statuses = ["stable", "test", "experimental", "deprecated", "unsupported"] as const;
export type Status = (typeof statuses)[number];

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What any document of Sigma's says of itself. */
export interface SigmaHead {
  /** Its id, else its name, else where it stands: what findings and settings are kept under. */
  readonly key: string;
  readonly title: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly status: Status | undefined;
  /** What the file says; `own.severity` says it for this house. */
  readonly level: Level | undefined;
  readonly description: string;
  readonly author: string;
  readonly license: string;
  readonly date: string;
  readonly modified: string;
  readonly references: readonly string[];
  /** In lower case: `attack.t1078`. */
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  /** Fields that are interesting when it fires. */
  readonly fields: readonly string[];
  readonly own: OwnSettings;
  readonly place: Place;
}

/** What stands under `trailwarden`, our key in files that stay valid Sigma. */
export interface OwnSettings {
  /** Files of records beside the rule: each line of `match` must fire it, none of `pass`. */
  readonly tests: { readonly match: string; readonly pass: string };
  /** What to do when it fires, as Markdown. */
  readonly runbook: string;
  /** Further matches of one actor within so many milliseconds are one finding. */
  readonly dedupPeriodMs: number | undefined;
  /** After a finding is closed, matches like it are silent for so many milliseconds. */
  readonly suppressForMs: number | undefined;
  readonly severity: Level | undefined;
  /** How false positives come about and are told apart, as Markdown. */
  readonly falsePositives: string;
}

/** A rule about single events. */
export interface SigmaRule extends SigmaHead {
  readonly kind: "rule";
  readonly predicate: Predicate;
}

/** A condition that is added to rules by AND. */
export interface SigmaFilter extends SigmaHead {
  readonly kind: "filter";
  /** By id or name; all rules when undefined. */
  readonly rules: readonly Reference[] | undefined;
  readonly predicate: Predicate;
}

/** A rule about several events that other rules, or other correlations, have matched. */
export interface SigmaCorrelation extends SigmaHead {
  readonly kind: "correlation";
  readonly type: CorrelationType;
  readonly rules: readonly Reference[];
  /** Names of fields, or of aliases. */
  readonly groupBy: readonly string[];
  /** Alias, then rule, then the field that the alias stands for in that rule's events. */
  readonly aliases: readonly FieldAlias[];
  readonly timespanMs: number;
  readonly condition: CorrelationCondition;
  /** Whether the rules it refers to fire for themselves too. */
  readonly generates: boolean;
}

export interface FieldAlias {
  readonly name: string;
  readonly fields: readonly (Reference & { readonly field: string })[];
}

/** Another document by its id or name, and where it is named. */
export interface Reference {
  readonly rule: string;
  readonly place: Place;
}

export const correlationTypes = [
  "event_count",
  "value_count",
  "temporal",
  "temporal_ordered",
  "value_sum",
  "value_avg",
  "value_percentile",
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export const comparators = ["gt", "gte", "lt", "lte", "eq", "neq"] as const;
export type Comparator = (typeof comparators)[number];

export interface CorrelationCondition {
  /** All must hold; two make a range. */
  readonly limits: readonly { readonly by: Comparator; readonly number: number }[];
  /** Whose values are counted or summed; several are counted together. */
  readonly fields: readonly string[];
  /** For `value_percentile`: which percentile of the numbers; without it, how rare the last value is. */
  readonly percentile: number | undefined;
}

export type SigmaDocument = SigmaRule | SigmaCorrelation | SigmaFilter;
