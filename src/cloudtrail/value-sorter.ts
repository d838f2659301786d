import { decodeJsonString } from "./json-string.ts";
import { newSkimState, skim } from "./json-skim.ts";
import { isBlank, skipBlank } from "./object-members.ts";
import { shapeOf } from "./object-shape.ts";
import type { RejectReason } from "./rejected-part.ts";

/** Where records were found inside a value. */
export type RecordOrigin = "itself" | "eventbridge" | "lookup-events" | "log-events";

/** What becomes of a value once it is known what it is. */
export interface ValueSink {
  record(bytes: Uint8Array, start: number, end: number, origin: RecordOrigin): void;
  digest(start: number, end: number): void;
  /** The value holds lists of its own. */
  nested(start: number, end: number): void;
  reject(reason: RejectReason, message: string): void;
}

/** No object that is shorter holds a key of a record and a value: `{"eventID":""}`. */
const recordBytesMin = 14;

/** Tells what a complete JSON value of a log file is and hands it on as it stands; false when it is unknown. */
export function sortValue(bytes: Uint8Array, view: DataView, start: number, end: number, sink: ValueSink): boolean {
  const first = bytes[start];
  if (first === 0x22) {
    sortText(bytes, start, end, "lookup-events", sink);
    return true;
  }
  if (first === 0x5b) {
    const opens = bytes[skipBlank(bytes, start + 1, end)];
    if (opens === 0x7b || opens === 0x5b || opens === 0x5d) {
      sink.nested(start, end);
    } else {
      sink.reject("not-an-object", "A list stands where a record should be");
    }
    return true;
  }
  if (end - start < recordBytesMin) {
    return false;
  }
  const shape = shapeOf(bytes, view, start, end);
  switch (shape.kind) {
    case "record":
      sink.record(bytes, start, end, "itself");
      return true;
    case "envelope":
      sink.record(bytes, shape.start, shape.end, "eventbridge");
      return true;
    case "text":
      sortText(bytes, shape.start, shape.end, shape.source, sink);
      return true;
    case "wrapper":
      sink.nested(start, end);
      return true;
    case "digest":
      sink.digest(start, end);
      return true;
    case "notification":
      sink.reject("notification", "A notification that names objects, not a CloudTrail record");
      return true;
    case "unknown":
      return false;
  }
}

/** A record written as a JSON string, as LookupEvents and CloudWatch Logs give it. */
function sortText(
  bytes: Uint8Array,
  start: number,
  end: number,
  origin: "lookup-events" | "log-events",
  sink: ValueSink,
): void {
  if (bytes[skipBlank(bytes, start + 1, end)] !== 0x7b) {
    sink.reject("not-an-object", "A text that is no JSON object stands where a record should be");
    return;
  }
  const text = decodeJsonString(bytes, start, end);
  const from = skipBlank(text, 0, text.length);
  let to = text.length;
  while (to > from && isBlank(text[to - 1])) {
    to--;
  }
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  if (skim(view, from, to, newSkimState()) !== to || text[to - 1] !== 0x7d) {
    sink.reject("malformed", "The text of the entry is not one whole JSON object");
    return;
  }
  if (shapeOf(text, view, from, to).kind === "record") {
    sink.record(text, from, to, origin);
  } else {
    sink.reject("not-cloudtrail", "The text of the entry has none of the fields of a CloudTrail record");
  }
}
