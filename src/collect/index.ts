// In: paths on disk (later also queues, buckets, look-ups), and the store that takes the records.
// Out: stored log files and a summary that accounts for every record.
// Never: parses the query language, judges what an event means, or marks a file read before its events are stored.
export { CollectError, type CollectErrorCode } from "./errors.ts";
export { importFiles, type ImportContext, type ImportRequest } from "./import-files.ts";
export {
  startQueueSource,
  type QueueSource,
  type QueueSourceFigures,
  type QueueSourceOptions,
} from "./sources/queue/queue-source.ts";
export type { ImportProgress, ImportSummary, RejectedRecord } from "./import-tally.ts";
