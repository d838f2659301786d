// In: digests and log files where they lie, the public keys of AWS, what was collected.
// Out: a verdict with its reason on every digest, log file and hour; findings; case files that prove themselves.
// Never: signs anything, changes a bucket, or calls a file proven that no signed digest names.
export { VerifyError, type VerifyErrorCode } from "./errors.ts";
export { LikeAwsCli, type LineStep, type SaidLine } from "./audit/like-aws-cli.ts";
export { openAudit, type OpenAuditOptions } from "./audit/open-audit.ts";
export type { AuditAsk, AuditedFile, AuditStep, AuditSummary } from "./audit/report.ts";
export type { CaseEvent, CaseOptions, FindCaseEvents } from "./case/case-options.ts";
export { type CaseFetcher, fetchFromSources } from "./case/fetch-from-sources.ts";
export { openCaseExport } from "./case/open-case-export.ts";
export { type CaseSummary, readCase } from "./case/read-case.ts";
export { openVerification } from "./keeping/open-verification.ts";
export type { VerificationOptions } from "./keeping/options.ts";
export type { JudgedDigest } from "./chain/chain-judgement.ts";
export {
  type DigestReason,
  type DigestVerdict,
  type Gap,
  type GapKind,
  type LogVerdict,
  type VerdictKind,
  verdictKinds,
  type VerdictReason,
} from "./verdict.ts";
export type {
  AuditRequest,
  CaseAsk,
  CellStanding,
  ChainView,
  DayStatement,
  GridCell,
  HourEvidence,
  IntegrityAsk,
  IntegrityFinding,
  IntegrityFindingKind,
  IntegrityOverview,
  RereadAsk,
  RereadStep,
  VerdictView,
  Verification,
} from "./verification.ts";
export { sayDigest, sayGap, sayVerdict } from "./say/say.ts";
