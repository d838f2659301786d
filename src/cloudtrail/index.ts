// In: the bytes of log files and digests, object keys, records as JSON text
// Out: records as they stand, their typed fields, who did it, what a key or a digest says
// Never: the network, the disk, AWS clients, hashes or signatures
export {
  type Digest,
  type DigestFault,
  type DigestLogFile,
  packingFaultOf,
  readDigest,
  type ReadDigestResult,
} from "./digest.ts";
export { chainId, chainOfKey, type DigestChain } from "./digest-chain.ts";
export { type EventFields, eventFields } from "./event-fields.ts";
export { parseEventTime } from "./event-time.ts";
export { type ActorDescription, type ActorKind, describeIdentity } from "./identity.ts";
export { type Notice, type NoticedObject, readNotice } from "./notice.ts";
export {
  digestFileName,
  keyDay,
  logFileName,
  type ObjectKey,
  type ObjectKind,
  parseObjectKey,
  printObjectKey,
} from "./object-key.ts";
export { parseStored } from "./stored-record.ts";
export { readRecord, type ReadRecordResult, recordTime } from "./read-record.ts";
export type { CloudTrailRecord, JsonObject, JsonValue, UserIdentity } from "./record.ts";
export { defaultRecordLimits, RecordScanner } from "./record-scanner.ts";
export type { RecordLimits, RecordScannerOptions, ScanSummary, Wrapper } from "./record-scanner.ts";
export type { RejectedPart, RejectReason } from "./rejected-part.ts";
export { mayHaveSecondMember, memberDataStart, membersMax, memberTrailerBytes, startsMember } from "./gzip-member.ts";
export { unpackGzip, type UnpackedGzip } from "./unpack-gzip.ts";
export { usualRecords } from "./usual-log-file.ts";
export { areCustom, defaultSelectors } from "./selectors/default-selectors.ts";
export { advancedFormOf } from "./selectors/advanced-form.ts";
export { basicResourceTypes, isWholeService, namesResources } from "./selectors/basic-resources.ts";
export { selectableRecord } from "./selectors/selectable-record.ts";
export { selects } from "./selectors/selects.ts";
export type * from "./selectors/selectors.ts";
