// In: paths on disk; sources (queues, buckets, …) that people add; the store that takes the records.
// Out: stored log files, each once; a ledger that names what is missing; how each source is, in one sentence.
// Never: parses the query language, judges what an event means, or marks a file read before its events are stored.
export { CollectError, type CollectErrorCode } from "./errors.ts";
export { importFiles, type ImportContext, type ImportRequest } from "./import-files.ts";
export { accessFields, type AccessSettings } from "./access/access-settings.ts";
export { authorityOf, awsAuthority } from "./access/authority.ts";
export { openSourceAws, ownCredentials, type SourceAwsOptions } from "./access/open-source-aws.ts";
export { partitionOfRegion } from "./access/regions.ts";
export type { DigestDesk, FetchedDigest, SourceAws, SourceReach } from "./sources/source.ts";
export { looksInADay } from "./listing/rhythm.ts";
export { knownKinds } from "./collector/known-kinds.ts";
export { applyBucketOffer, planBucketOffer, type OfferAsk, type OfferView } from "./collector/offer-bucket.ts";
export { openCollector, type CollectorOptions, type RunningCollector } from "./collector/open-collector.ts";
export type { AddRequest, Collector, FilterView, KindView, SourceView, TestStep } from "./collector/collector.ts";
export type { AppliedStep } from "./sources/bucket/offer/apply-offer.ts";
export type { SourceStatus } from "./collector/status.ts";
export { diagnose } from "./sources/diagnose.ts";
export type { Finding, FindingCode } from "./sources/findings.ts";
export type { PushRequest, PushResponse, SourcePermission, SourceProgress } from "./sources/source.ts";
export type { ImportProgress, ImportSummary, RejectedRecord } from "./import-tally.ts";
export type { Branch, ListingRoot } from "./listing/branch.ts";
export { discover } from "./listing/discover.ts";
export { type FolderLister, listFolders, type ListedPage } from "./listing/folder-lister.ts";
export { S3Lister } from "./listing/s3-lister.ts";
export { inBucketRegion } from "./fetch/in-bucket-region.ts";
export { type Member, type MemberOrFault, zipMembers } from "./reading/archive.ts";
