import { getJson, part, sendJson } from "./ask-json.ts";
import type { Level } from "./parts/levels.ts";

/** How detecting goes; instants as ISO texts. */
export interface DetectionStatus {
  readonly waitingLogFiles: number;
  readonly waitingEvents: number;
  readonly judgedAt: string | null;
  readonly rules: number;
  readonly correlations: number;
  readonly staged: number;
  readonly spans: number;
  /** What keeps it from judging. */
  readonly problem: string | null;
}

export type Outcome = "observation" | "incident" | "notification";
export type RuleStatus = "on" | "off" | "staged" | "refused";
export type FiringAnswer = "yes" | "no" | "partly" | "unknown";

export interface Rule {
  readonly key: string;
  readonly title: string;
  /** `trailwarden`, a package's name, or `search`. */
  readonly origin: string;
  readonly path: string;
  readonly kind: "rule" | "correlation" | "search";
  readonly level: Level;
  readonly status: RuleStatus;
  readonly outcome: Outcome;
  readonly tags: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly canFire: { readonly answer: FiringAnswer; readonly reason: string };
  /** In the last 30 days. */
  readonly hits: number;
  readonly findings: number;
  readonly lastAt: string | null;
  readonly note: string;
}

export interface RuleHead {
  readonly status?: string | null;
  readonly description: string;
  readonly author: string;
  readonly license: string;
  readonly date: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly own: { readonly runbook: string; readonly falsePositives: string };
}

export interface RuleDetails extends Rule {
  readonly head: RuleHead | null;
  /** Its file, as it is. */
  readonly text: string;
  readonly tunings: readonly Tuning[];
  readonly staged: { readonly since: string; readonly until: string; readonly findingsMax: number } | null;
  readonly refusal: {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly reason: string;
  } | null;
  readonly package: RulePackage | null;
}

export interface RulePackage {
  readonly name: string;
  readonly origin: string;
  readonly license: string;
  readonly author: string;
  readonly version: string;
  readonly importedAt: string;
}

export interface RuleChange {
  readonly status?: "on" | "off" | "staged";
  readonly stage?: { readonly days: number; readonly findingsMax: number };
  readonly severity?: Level | null;
  readonly dedupMs?: number | null;
  readonly outcome?: Outcome | null;
  readonly note?: string;
  readonly by?: string;
}

export interface Tuning {
  readonly name: string;
  /** Keys; all rules where empty. */
  readonly rules: readonly string[];
  readonly query: string;
  readonly reason: string;
  readonly until: string | null;
  readonly changedAt: string;
}

export interface SearchCorrelation {
  readonly name: string;
  readonly query: string;
  readonly groupBy: readonly string[];
  readonly count: number;
  readonly withinMs: number;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly changedAt: string;
}

export interface PackageAsk {
  readonly name: string;
  readonly origin: string;
  readonly files?: readonly { readonly path: string; readonly text: string }[];
  /** A zip archive instead of files, in base64. */
  readonly zip?: string;
  readonly license?: string;
  readonly author?: string;
  readonly version?: string;
  /** New rules run quietly at first. */
  readonly isStaged: boolean;
  /** Says what would be, and keeps nothing. */
  readonly isTrial: boolean;
}

export interface PackageOutcome {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly gone: number;
  readonly refused: readonly { readonly path: string; readonly line: number; readonly reason: string }[];
  /** About other log sources than CloudTrail. */
  readonly others: number;
}

export interface CoverageTechnique {
  readonly id: string;
  readonly name: string;
  /** Keys of rules, those that can fire apart from those that cannot. */
  readonly rules: readonly string[];
  readonly blind: readonly string[];
}

export interface Coverage {
  readonly tactics: readonly {
    readonly id: string;
    readonly name: string;
    readonly techniques: readonly CoverageTechnique[];
  }[];
}

export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly isStaged: boolean;
  readonly accountId: string;
  readonly region: string;
  readonly actor: string;
  readonly actorName: string;
  readonly sourceIp: string;
  readonly eventName: string;
  readonly from: string;
  readonly to: string;
  readonly hits: number;
  readonly incident: string | null;
}

export interface EventHit {
  readonly rule: string;
  readonly title: string;
  readonly finding: string;
}

export async function fetchDetectionStatus(signal: AbortSignal): Promise<DetectionStatus> {
  return await getJson("detect/status", {}, signal);
}

export async function fetchRules(signal: AbortSignal): Promise<readonly Rule[]> {
  return (await getJson<{ readonly rules: readonly Rule[] }>("detect/rules", {}, signal)).rules;
}

export async function fetchRule(key: string, signal: AbortSignal): Promise<RuleDetails> {
  return (await getJson<{ readonly rule: RuleDetails }>(`detect/rules/${part(key)}`, {}, signal)).rule;
}

export async function settleRule(key: string, change: RuleChange): Promise<void> {
  await sendJson("POST", `detect/rules/${part(key)}/settings`, change);
}

export async function fetchCoverage(signal: AbortSignal): Promise<Coverage> {
  return (await getJson<{ readonly coverage: Coverage }>("detect/coverage", {}, signal)).coverage;
}

export async function fetchPackages(signal: AbortSignal): Promise<readonly RulePackage[]> {
  return (await getJson<{ readonly packages: readonly RulePackage[] }>("detect/packages", {}, signal)).packages;
}

export async function importPackage(ask: PackageAsk): Promise<PackageOutcome> {
  return (await sendJson<{ readonly outcome: PackageOutcome }>("POST", "detect/packages", ask)).outcome;
}

export async function removePackage(name: string): Promise<void> {
  await sendJson("DELETE", `detect/packages/${part(name)}`);
}

export async function putTuning({ name, ...tuning }: Omit<Tuning, "changedAt">): Promise<void> {
  await sendJson("PUT", `detect/tunings/${part(name)}`, tuning);
}

export async function removeTuning(name: string): Promise<void> {
  await sendJson("DELETE", `detect/tunings/${part(name)}`);
}

export async function fetchSearches(signal: AbortSignal): Promise<readonly SearchCorrelation[]> {
  return (await getJson<{ readonly searches: readonly SearchCorrelation[] }>("detect/searches", {}, signal)).searches;
}

export async function putSearch({ name, ...search }: Omit<SearchCorrelation, "changedAt">): Promise<void> {
  await sendJson("PUT", `detect/searches/${part(name)}`, search);
}

export async function removeSearch(name: string): Promise<void> {
  await sendJson("DELETE", `detect/searches/${part(name)}`);
}

/** The newest findings of a rule, staged ones too. */
export async function fetchRuleFindings(rule: string, limit: number, signal: AbortSignal): Promise<readonly Finding[]> {
  const query = { rule, limit: String(limit) };
  return (await getJson<{ readonly findings: readonly Finding[] }>("detect/findings", query, signal)).findings;
}

/** The rules that an event has hit. */
export async function fetchHits(event: string, signal: AbortSignal): Promise<readonly EventHit[]> {
  type Answer = { readonly hits: Readonly<Record<string, readonly EventHit[]>> };
  return (await getJson<Answer>("detect/hits", { event }, signal)).hits[event] ?? [];
}
