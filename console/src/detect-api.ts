import type {
  CoverageAnswer,
  DetectionAnswer,
  FindingAnswer,
  PackageAnswer,
  PackageOutcomeAnswer,
  RuleAnswer,
  RuleDetailsAnswer,
  SavedSearchAnswer,
  TuningAnswer,
} from "../../src/server/index.ts";
import { getJson, part, sendJson } from "./ask-json.ts";
import type { Level } from "./parts/levels.ts";

export type DetectionStatus = DetectionAnswer;
export type Rule = RuleAnswer;
export type RuleDetails = RuleDetailsAnswer;
export type RuleHead = NonNullable<RuleDetails["head"]>;
export type RuleStatus = Rule["status"];
export type Outcome = Rule["outcome"];
export type FiringAnswer = Rule["canFire"]["answer"];
export type RulePackage = PackageAnswer;
export type PackageOutcome = PackageOutcomeAnswer;
export type Tuning = TuningAnswer;
export type SearchCorrelation = SavedSearchAnswer;
export type Coverage = CoverageAnswer;
export type CoverageTechnique = Coverage["tactics"][number]["techniques"][number];
export type Finding = FindingAnswer;

export interface RuleChange {
  readonly status?: "on" | "off" | "staged";
  readonly stage?: { readonly days: number; readonly findingsMax: number };
  readonly severity?: Level | null;
  readonly dedupMs?: number | null;
  readonly outcome?: Outcome | null;
  readonly note?: string;
  readonly by?: string;
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
