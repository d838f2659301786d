/** What the API answers and takes, as types for who asks it: the command line, the console. */
export type {
  AccountAnswer,
  FilterAnswer,
  KindAnswer,
  LedgerEntryAnswer,
  LedgerHourAnswer,
  LedgerTotalsAnswer,
  SetAsideAnswer,
  SourceAnswer,
} from "./collect-schemas.ts";
export type {
  ChainAnswer,
  IntegrityFindingAnswer,
  LogVerdictAnswer,
  OverviewAnswer,
  StatementAnswer,
} from "./verify-schemas.ts";
export type { AuditBody, AuditMessage } from "./audit-schemas.ts";
export type { BillAnswer } from "./print-bill.ts";
export type { CheckAnswer, DeploymentAnswer, HistoryAnswer, RunAnswer } from "./setup-schemas.ts";
export type { CheckMessage, TestMessage } from "./sources.ts";
export type { CostAnswer, DoctorAnswer, RoleAnswer } from "./setup-access.ts";
export type {
  CoverageAnswer,
  PackageAnswer,
  PackageOutcomeAnswer,
  RuleAnswer,
  RuleDetailsAnswer,
  SavedSearchAnswer,
  TuningAnswer,
  ValueListAnswer,
} from "./rule-schemas.ts";
export type { FoundRule, HuntBody, HuntMessage, RefusedRule } from "./detect.ts";
export type { AddressAnswer, ThreatListAnswer, ThreatListBody } from "./threats.ts";
export type { DelayAnswer } from "./delays.ts";
export type { EventAnswer, StoreAnswer } from "./schemas.ts";
export type { HistogramMessage } from "./search.ts";
export type { ImportMessage } from "./imports.ts";
export type { OfferAnswer, OfferMessage } from "./offers.ts";
export type { PlanAnswer, RunMessage } from "./deployments.ts";
export type { ReplayAnswer } from "./print-replay.ts";
export type { RereadMessage } from "./verify.ts";
export type { UnreconciledAnswer } from "./unreconciled.ts";
export type { DetectionAnswer, FindingAnswer, FindingDetailsAnswer } from "./findings.ts";
export type {
  ChangeBody as IncidentChangeBody,
  IncidentAnswer,
  IncidentDetailsAnswer,
  SilenceAnswer,
} from "./incident-schemas.ts";
export type {
  ChannelAnswer,
  ChannelKindAnswer,
  ChannelTestAnswer,
  DeliveryAnswer,
  RouteAnswer,
  RouteBody,
} from "./notify-schemas.ts";
