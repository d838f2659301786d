// In: files of Sigma rules, correlations and filters; records, and which rules they match.
// Out: rules as conditions on records, with every refusal's place and reason; what fires on a record, and on several.
// Never: an engine of its own; sigma/ and correlate/ know no disk and no network. A rule that cannot be run is refused, never left out in silence.
export { readRules, type RulesSource } from "./sigma/read-rules.ts";
export type { Refusal, Remark, RulesReading, ValueLists } from "./sigma/reading.ts";
export { levels } from "./sigma/document.ts";
export type {
  Level,
  OwnSettings,
  Place,
  SigmaCorrelation,
  SigmaDocument,
  SigmaFilter,
  SigmaRule,
} from "./sigma/document.ts";
export { hunt, type HuntFinding, type HuntStep } from "./hunt.ts";
export { RuleSet } from "./rule-set.ts";
export { assembleRules, type AssembledCorrelation, type AssembledRule, type Assembly } from "./sigma/assemble.ts";
export { Correlator } from "./correlate/correlator.ts";
export type { CorrelationCounts, CorrelationHit, MatchedEvent } from "./correlate/matched-event.ts";
export { type RuleTest, type TestFailure, testRules } from "./testing/test-rules.ts";
export type { Detection, DetectionStatus, FindingDetails, HitFacts } from "./running/detection.ts";
export { openDetection } from "./running/open-detection.ts";
export type { DetectionOptions, DetectionStore } from "./running/options.ts";
export type { ArrivalJudge, JudgedEvent } from "./running/arrival-judge.ts";
export type * from "./book/rule-book.ts";
export { openRuleBook, type RuleBookOptions } from "./book/open-rule-book.ts";
export { type PackageFiles, readPackageFolder, readPackageZip } from "./book/read-package.ts";
export type { CollectedTrail, Collecting, StoredSort } from "./can-fire/collecting.ts";
export { DetectError, type DetectErrorCode } from "./errors.ts";
export type { AddressFacts, ThreatList, ThreatListView } from "./threats/threat-list.ts";
export type { ThreatListAsk, Threats } from "./threats/threats.ts";
export type { AddressFiles } from "./threats/own-tables.ts";
export { openThreats, type ThreatsOptions } from "./threats/open-threats.ts";
