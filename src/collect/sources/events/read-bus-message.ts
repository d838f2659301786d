import { readRecord, RecordScanner } from "../../../cloudtrail/index.ts";

/** What a message of a queue holds that a rule of EventBridge sends to. */
export type BusMessage =
  /** Records, exactly as they stand in it; nearly always one. */
  | { readonly kind: "records"; readonly records: readonly BusRecord[] }
  /** An event of the bus that is none of CloudTrail's: the rule lets more through than it need. */
  | { readonly kind: "other" }
  | { readonly kind: "unknown"; readonly reason: string };

export interface BusRecord {
  readonly bytes: Buffer;
  /** The account that it was recorded in; empty where it does not say. */
  readonly accountId: string;
}

/** A message of SQS has at most 1 MiB (SQS Developer Guide, "Message quotas"). */
const bodyBytesMax = 1024 * 1024;

/**
 * Reads a message: CloudTrail's event in EventBridge's envelope (EventBridge User Guide, "Events from AWS services
 * delivered via CloudTrail"), or the bare record where the rule passes only that on; either may come through a topic.
 */
export function readBusMessage(body: string): BusMessage {
  if (Buffer.byteLength(body) > bodyBytesMax) return unknown("The message is larger than a message may be");
  const value = parse(body);
  if (value === undefined) return unknown("The message is no JSON object");
  const { Type, Message } = value;
  if (Type === "Notification" && typeof Message === "string") {
    const inner = parse(Message);
    return inner === undefined ? unknown("The notification's message is no JSON object") : readText(Message, inner);
  }
  return readText(body, value);
}

type Fields = Readonly<Record<string, unknown>>;

function readText(text: string, value: Fields): BusMessage {
  const found: Buffer[] = [];
  let refusal: string | undefined;
  const scanner = new RecordScanner({
    onRecord: (bytes, start, end) => found.push(Buffer.from(bytes.subarray(start, end))),
    onReject: ({ message }) => {
      refusal ??= message;
    },
  });
  scanner.push(Buffer.from(text));
  scanner.end();
  if (found.length === 0 && typeof value["detail-type"] === "string") return { kind: "other" };
  if (refusal !== undefined || found.length === 0) return unknown(refusal ?? "The message holds no record");
  const records: BusRecord[] = [];
  for (const bytes of found) {
    const read = readRecord(bytes);
    if (!read.ok) return unknown(read.message);
    const { recipientAccountId } = read.record;
    records.push({ bytes, accountId: typeof recipientAccountId === "string" ? recipientAccountId : "" });
  }
  return { kind: "records", records };
}

function unknown(reason: string): BusMessage {
  return { kind: "unknown", reason };
}

/** An object, or nothing. */
function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
