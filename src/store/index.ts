// In: spool files of records (made with SpoolWriter), filters as predicate trees.
// Out: events and counts; an acknowledged file stays stored, each of its events once.
// Never: parses the query language, reads AWS, or lets another folder see the engine.
export { StoreError, type StoreErrorCode } from "./errors.ts";
export { EventStore, type StoreOptions } from "./store.ts";
export { SpoolWriter, type SpoolPlace } from "./spool.ts";
export { type Candidates, candidatesOf } from "./candidates.ts";
export { eventTable } from "./columns.ts";
export type { Batch, CarefulReader, CarefulReading, RefusedRecord, WriteOptions, WriteOutcome } from "./write.ts";
export type { DelayRequest, DeliveryDelay } from "./delivery-delays.ts";
export type { EarlyFile, EarlyKind, UnreconciledEvents, UnreconciledRequest } from "./early-events.ts";
export { unjudged, type EventFilter } from "./filter.ts";
export type { EventVolume, LogFileVolume, VolumeRequest } from "./event-volumes.ts";
export type { MatchCount, MatchesRequest } from "./count-matches.ts";
export type { HistogramSlice, TimeBucket } from "./count-events.ts";
export type { TimeRange } from "./known-range.ts";
export type { LogFile, Reject, StoredLogFile } from "./log-files.ts";
export type { LogFileDetails } from "./log-file-list.ts";
export type {
  CountedIn,
  DigestVerdictRow,
  NamedLogFile,
  ProofStore,
  ReadLogFile,
  StoredDigest,
  UnjudgedSelection,
  VerdictHour,
  VerdictRow,
  VerdictSelection,
} from "./proofs/proof-rows.ts";
export type { EventPlace } from "./events-at.ts";
export type { PagePosition, PageRequest, StoredEvent, WholeEvent } from "./read-events.ts";
export type { RecordAsk, StoredRecord } from "./stored-records.ts";
export type { StoreStatistics } from "./statistics.ts";
export type { ValueCount } from "./top-values.ts";
export type { ArrivedFile, Arrivals } from "./arrivals/arrivals.ts";
