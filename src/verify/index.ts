// In: digests and log files where they lie, the public keys of AWS, what was collected.
// Out: a verdict with its reason on every digest, log file and hour; findings; case files that prove themselves.
// Never: signs anything, changes a bucket, or calls a file proven that no signed digest names.
export { VerifyError } from "./errors.ts";
export { LikeAwsCli, type LineStep, type SaidLine } from "./audit/like-aws-cli.ts";
export { openAudit } from "./audit/open-audit.ts";
export type { AuditedFile, AuditStep, AuditSummary } from "./audit/report.ts";
export { fetchFromSources } from "./case/fetch-from-sources.ts";
export { openCaseExport } from "./case/open-case-export.ts";
export { type CaseSummary, readCase } from "./case/read-case.ts";
export type { JudgedDigest } from "./chain/chain-judgement.ts";
export { openVerification } from "./keeping/open-verification.ts";
export { sayDigest, sayGap, sayVerdict } from "./say/say.ts";
export type { DigestVerdict, Gap, LogVerdict, VerdictKind } from "./verdict.ts";
export { verdictKinds } from "./verdict.ts";
export type * from "./verification.ts";
