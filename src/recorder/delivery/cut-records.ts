import { createHash } from "node:crypto";

import { type LastingState, keyOf } from "../../base/lasting.ts";
import { type CloudTrailRecord, type SelectableRecord } from "../../cloudtrail/index.ts";
import { eventBytesMax } from "../capture/limits.ts";
import { type JournalEntry } from "../journal/entry.ts";
import { type Journal } from "../journal/journal.ts";
import { type Trail } from "../trail.ts";
import { logEventsBody, logStream } from "./log-events.ts";
import { logFileBody, logFileKey, uniqueName } from "./log-file.ts";
import { type Outbox } from "./outbox.ts";
import { destinationOf, type LogEventsParcel, type LogFileParcel } from "./parcel.ts";
import { Position } from "./position.ts";
import { takenBy, type TrailHistory } from "./trail-times.ts";

export interface CutterParts {
  readonly journal: Journal;
  readonly state: LastingState;
  readonly outbox: Outbox;
  readonly history: TrailHistory;
  readonly selects: (trail: Trail, record: SelectableRecord) => boolean;
  /** Letters by chance, for the names of files. */
  readonly letters: (count: number) => string;
  readonly logFileBytesMax: number;
}

/** How much of the journal is looked at in one go; bounds the memory that a cut takes. */
const pageBytes = 32 * 1024 * 1024;

/** Makes parcels of what stands in the journal: a log file for each trail, account and region that has something. */
export class Cutter {
  readonly #parts: CutterParts;
  readonly position: Position;
  #cutting: Promise<void> = Promise.resolve();
  /** Lines of the journal that were no records. */
  unreadable = 0;

  constructor(parts: CutterParts) {
    this.#parts = parts;
    this.position = new Position(parts.state, "cut", parts.journal);
  }

  /** Resolves when all that stands in the journal now is in parcels; one cut goes after another. */
  cut(now: () => number): Promise<void> {
    const cutting = this.#cutting.then(() => this.#cutAll(now));
    this.#cutting = cutting.catch(() => undefined);
    return cutting;
  }

  async #cutAll(now: () => number): Promise<void> {
    const { journal, state, outbox } = this.#parts;
    const until = journal.end;
    while (this.position.at < until) {
      const from = this.position.at;
      const page = await journal.read(from, pageBytes);
      const parcels = await this.#parcelsOf(page.entries, from, now());
      state.together(() => {
        for (const parcel of parcels) outbox.put(parcel);
        this.position.move(page.next);
      });
      this.unreadable += page.unreadable;
    }
  }

  async #parcelsOf(entries: readonly JournalEntry[], from: number, at: number) {
    const parcels: (LogFileParcel | LogEventsParcel)[] = [];
    for (const lane of lanesOf(entries).values()) {
      const { accountId, region, records } = lane;
      for (const times of await this.#parts.history.seeing(accountId, region)) {
        const taken = records.flatMap((record) => {
          const trail = takenBy(times, record.at, record.fields, this.#parts.selects);
          return trail === undefined ? [] : [{ ...record, isDigested: trail.validatesLogFiles }];
        });
        for (const [number, file] of splitBySize(taken, this.#parts.logFileBytesMax).entries()) {
          const origin = { accountId, region, at, from: `${from}.${number}` };
          parcels.push(await this.#logFile(times.latest, origin, file));
          const events = await this.#logEvents(times.latest, origin, file);
          if (events !== undefined) parcels.push(events);
        }
      }
    }
    return parcels;
  }

  async #logFile(trail: Trail, origin: Origin, records: readonly TakenRecord[]): Promise<LogFileParcel> {
    const { accountId, region, at, from } = origin;
    const destination = destinationOf(trail);
    const id = parcelId("log-file", trail.arn, origin);
    const { bytes, sha256 } = await logFileBody(records.map(({ text }) => text));
    await this.#parts.outbox.writeBody(id, bytes);
    const unique = uniqueName(this.#parts.letters(16), `${id}${from}`);
    const times = records.map(({ fields }) => fields.eventTime ?? "").sort();
    return {
      kind: "log-file",
      id,
      destination,
      accountId,
      region,
      decidedAt: at,
      key: logFileKey(destination, { accountId, region, at, unique }),
      sha256,
      oldestEventTime: times[0] ?? "",
      newestEventTime: times.at(-1) ?? "",
      records: records.length,
      isDigested: records.some(({ isDigested }) => isDigested),
    };
  }

  async #logEvents(
    trail: Trail,
    origin: Origin,
    records: readonly TakenRecord[],
  ): Promise<LogEventsParcel | undefined> {
    const { logGroupArn, logRoleArn } = trail;
    // A larger one goes to no log group (CloudTrail User Guide, "Quotas in AWS CloudTrail").
    const events = records.filter(({ text }) => Buffer.byteLength(text) <= eventBytesMax);
    if (logGroupArn === undefined || logRoleArn === undefined || events.length === 0) return undefined;
    const id = parcelId("log-events", trail.arn, origin);
    await this.#parts.outbox.writeBody(id, logEventsBody(events));
    const { accountId, region, at } = origin;
    const destination = destinationOf(trail);
    const stream = logStream(destination, accountId);
    return {
      kind: "log-events",
      id,
      destination,
      accountId,
      region,
      decidedAt: at,
      logGroupArn,
      logRoleArn,
      stream,
      sent: 0,
    };
  }
}

interface Origin {
  readonly accountId: string;
  readonly region: string;
  readonly at: number;
  /** Where in the journal the file begins, and which of the files from there it is; never the same twice. */
  readonly from: string;
}

interface ReadRecord {
  readonly at: number;
  readonly text: string;
  readonly fields: CloudTrailRecord;
}

interface TakenRecord extends ReadRecord {
  readonly isDigested: boolean;
}

interface RecordLane {
  readonly accountId: string;
  readonly region: string;
  readonly records: ReadRecord[];
}

function lanesOf(entries: readonly JournalEntry[]): ReadonlyMap<string, RecordLane> {
  const lanes = new Map<string, RecordLane>();
  for (const { recipientId, region, at, record } of entries) {
    const key = keyOf(recipientId, region);
    const lane = lanes.get(key) ?? { accountId: recipientId, region, records: [] };
    lanes.set(key, lane);
    // The journal holds only what `recordOf` made.
    lane.records.push({ at, text: record, fields: JSON.parse(record) as CloudTrailRecord });
  }
  return lanes;
}

function splitBySize<Item extends { readonly text: string }>(items: readonly Item[], bytesMax: number): Item[][] {
  const files: Item[][] = [];
  let size = Infinity;
  for (const item of items) {
    const bytes = Buffer.byteLength(item.text) + 1;
    if (size + bytes > bytesMax) {
      files.push([]);
      size = 0;
    }
    files.at(-1)?.push(item);
    size += bytes;
  }
  return files;
}

function parcelId(kind: string, trailArn: string, { accountId, region, from }: Origin): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, trailArn, accountId, region, from]))
    .digest("hex");
}
