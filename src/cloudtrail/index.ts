// In: the bytes of log files and digests, object keys, records as JSON text
// Out: records as they stand, their typed fields, who did it, what a key or a digest says
// Never: the network, the disk, AWS clients, hashes or signatures
export {
  defaultRecordLimits,
  type RecordLimits,
  RecordScanner,
  type RecordScannerOptions,
  type ScanSummary,
  type Wrapper,
} from "./record-scanner.ts";
export type { RejectedPart, RejectReason } from "./rejected-part.ts";
