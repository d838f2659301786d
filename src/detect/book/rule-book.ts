import type { FindingOutcome, RulePackageRow } from "../../state/index.ts";
import type { CollectedTrail } from "../can-fire/collecting.ts";
import type { AssembledCorrelation, AssembledRule } from "../sigma/assemble.ts";
import type { Level, SigmaHead } from "../sigma/document.ts";
import type { Refusal } from "../sigma/reading.ts";

/** All rules there are: ours, imported ones, correlations of searches; and what this house has settled about them. */
export interface RuleBook {
  /** What is to be run now; the same object until something is settled anew. */
  inForce(): Promise<RulesInForce>;
  /** Called after something was settled; returns how to stop. */
  onChange(listener: () => void): () => void;
  list(): Promise<readonly RuleView[]>;
  /** By key, id, name or the folder that it lies in; undefined where there is none. */
  get(rule: string): Promise<RuleDetails | undefined>;
  /** Throws `rule-unknown`. */
  settle(rule: string, change: RuleChange): Promise<RuleView>;
  packages(): Promise<readonly RulePackageRow[]>;
  /** Adds or updates a package; what was settled about its rules stays. Nothing is kept when `isTrial`. */
  importPackage(ask: PackageAsk, isTrial: boolean): Promise<PackageOutcome>;
  removePackage(name: string): Promise<void>;
  tunings(): Promise<readonly Tuning[]>;
  tune(tuning: Omit<Tuning, "changedAt">): Promise<Tuning>;
  removeTuning(name: string): Promise<void>;
  searches(): Promise<readonly SearchCorrelation[]>;
  putSearch(search: Omit<SearchCorrelation, "changedAt">): Promise<SearchCorrelation>;
  removeSearch(name: string): Promise<void>;
  /** Lists for the placeholders of `expand`. */
  values(): Promise<ReadonlyMap<string, readonly string[]>>;
  putValues(name: string, values: readonly string[]): Promise<void>;
  /** Looks whether staged rules have proven themselves, and promotes those that were to be. */
  promote(now: number): Promise<readonly string[]>;
  coverage(): Promise<Coverage>;
  /** Rules that are on and would see less if a trail recorded something else; those that could not fire any more first. */
  blinded(change: TrailChange): Promise<readonly BlindedRule[]>;
}

/** A trail with what it records, and with what it is to record. */
export interface TrailChange {
  readonly before: CollectedTrail;
  readonly after: CollectedTrail;
}

export interface BlindedRule {
  /** Its key. */
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  /** Nothing: it could not fire any more. */
  readonly sees: "nothing" | "less";
  readonly sentence: string;
}

/** Rules ready to be run, with the severity, dedup period and outcome that count in this house. */
export interface RulesInForce {
  readonly rules: readonly AssembledRule[];
  readonly correlations: readonly AssembledCorrelation[];
  readonly refusals: readonly Refusal[];
  /** By key; everything in `rules` and `correlations` has one. */
  readonly terms: ReadonlyMap<string, RuleTerms>;
}

export interface RuleTerms {
  readonly of: "rule" | "correlation" | "search";
  readonly title: string;
  readonly level: Level;
  readonly outcome: FindingOutcome;
  readonly dedupMs: number;
  readonly suppressForMs: number;
  readonly isStaged: boolean;
  readonly tags: readonly string[];
}

export interface RuleView {
  readonly key: string;
  readonly title: string;
  /** `trailwarden`, a package's name, or `search`. */
  readonly origin: string;
  readonly path: string;
  readonly kind: "rule" | "correlation" | "search";
  readonly level: Level;
  readonly status: "on" | "off" | "staged" | "refused";
  readonly outcome: FindingOutcome;
  readonly tags: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** Whether it can fire with what is collected; with the reason where it cannot, and where that is not known. */
  readonly canFire: { readonly answer: "yes" | "no" | "partly" | "unknown"; readonly reason: string };
  /** In the last 30 days. */
  readonly hits: number;
  readonly findings: number;
  readonly lastAt: number | undefined;
  readonly note: string;
}

export interface RuleDetails extends RuleView {
  /** Matches of one actor within it are one finding, by the house's word or the file's. */
  readonly dedupMs: number;
  readonly head: SigmaHead | undefined;
  /** Its file, as it is. */
  readonly text: string;
  readonly tunings: readonly Tuning[];
  readonly staged: StagePlan | undefined;
  readonly refusal: Refusal | undefined;
  readonly package: RulePackageRow | undefined;
}

export interface StagePlan {
  readonly since: number;
  /** When it is looked at whether it has proven itself. */
  readonly until: number;
  /** More findings than so many in that time, and it stays staged. */
  readonly findingsMax: number;
}

export interface RuleChange {
  readonly status?: "on" | "off" | "staged";
  readonly stage?: { readonly days: number; readonly findingsMax: number };
  /** `null` takes the house's own word back. */
  readonly severity?: Level | null;
  readonly dedupMs?: number | null;
  readonly outcome?: FindingOutcome | null;
  readonly note?: string;
  readonly by?: string;
}

export interface PackageAsk {
  readonly name: string;
  readonly origin: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly license?: string;
  readonly author?: string;
  readonly version?: string;
  /** New rules run quietly at first. */
  readonly isStaged: boolean;
}

export interface PackageOutcome {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly gone: number;
  readonly refused: readonly Refusal[];
  /** About other log sources than CloudTrail. */
  readonly others: number;
}

/** Events that fit a query are left out of rules: a Sigma filter that a person writes as a search. */
export interface Tuning {
  readonly name: string;
  /** Keys; all rules where empty. */
  readonly rules: readonly string[];
  readonly query: string;
  readonly reason: string;
  /** It ends by itself then. */
  readonly until: number | undefined;
  readonly changedAt: number;
}

/** A search that was saved as a rule: so many events that fit it, within a time, of one of something. */
export interface SearchCorrelation {
  readonly name: string;
  readonly query: string;
  /** Paths of the record whose values events must share. */
  readonly groupBy: readonly string[];
  /** At least so many. */
  readonly count: number;
  readonly withinMs: number;
  readonly level: Level;
  readonly outcome: FindingOutcome;
  readonly changedAt: number;
}

/** ATT&CK's tactics and techniques with the rules that see them. */
export interface Coverage {
  readonly tactics: readonly {
    readonly id: string;
    readonly name: string;
    readonly techniques: readonly {
      readonly id: string;
      readonly name: string;
      /** Keys of rules, those that can fire apart from those that cannot. */
      readonly rules: readonly string[];
      readonly blind: readonly string[];
    }[];
  }[];
}
