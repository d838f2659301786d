// In: digests and log files where they lie, the public keys of AWS, what was collected.
// Out: a verdict with its reason on every digest, log file and hour; findings; case files that prove themselves.
// Never: signs anything, changes a bucket, or calls a file proven that no signed digest names.
export { type DigestReason, type DigestVerdict, type Gap, type GapKind } from "./verdict.ts";
export { type LogVerdict, type VerdictKind, verdictKinds, type VerdictReason } from "./verdict.ts";
