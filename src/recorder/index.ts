// In: calls to AWS that have ended; CloudTrail's API, asked by somebody who may
// Out: records in log files, digests, notices, log groups and buses; the event history; what the API answers
// Never: a look at a caller's permissions, a call to AWS's own endpoints
export { type CloudTrailApi, cloudTrailApi, type CloudTrailApiParts } from "./api/cloudtrail-api.ts";
export type { ApiCall } from "./api-call.ts";
export type { By } from "./by.ts";
export { describeCalls } from "./capture/describe-call.ts";
export { eventNameOf } from "./capture/event-names.ts";
export { s3Resources } from "./capture/s3-facts.ts";
export type { CallNote, EndedCall } from "./capture/ended-call.ts";
export { type EventIds, recordCalls } from "./capture/record-calls.ts";
export { type Delivery, type DeliveryFigures, type DeliveryParts, startDelivery } from "./delivery/delivery.ts";
export type { DeliverySettings } from "./delivery/settings.ts";
export { SigningKeys } from "./digests/signing-keys.ts";
export { type Journal, openJournal } from "./journal/journal.ts";
export { type AuditLog, type AuditRecord, type AuditSink, openAuditLog } from "./lake/audit-log.ts";
export { resourcePolicyOf } from "./lake/lake-things.ts";
export { type AuditEventsOutput, type AuditParts } from "./lake/put-audit-events.ts";
export { findAuditChannel, putAuditEvents } from "./lake/put-audit-events.ts";
export { tidyLake } from "./lake/tidy-lake.ts";
export { type History, openHistory } from "./lookup/history.ts";
export { RecorderError, type RecorderErrorCode } from "./errors.ts";
export type * from "./outlets.ts";
export { lockFolder } from "./proxy/folder-lock.ts";
export { readIdentities } from "./proxy/identities.ts";
export { type RecordingOptions, type RecordingReport, startRecording } from "./proxy/start-recording.ts";
export type { PublicKey, PublicKeys } from "./public-keys.ts";
export { type Trail, type TrailBook, type TrailChange, type TrailStatus, wasLoggingAt } from "./trail.ts";
export { openTrailBook, type WritableTrailBook } from "./trails/trail-book.ts";
