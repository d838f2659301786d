import { join } from "node:path";
import { makeRecord } from "../../../test/fixtures/made-record.ts";
import {
  EventStore,
  SpoolWriter,
  type Arrivals,
  type Batch,
  type CarefulReader,
  type LogFile,
  type StoredRecord,
} from "../index.ts";

export const minute = 60_000;
export const began = Date.UTC(2026, 10, 20, 10);

const readNothing: CarefulReader = (raw) => ({
  records: [],
  refused: [{ lengthBytes: raw.length, reason: "no-time", message: "No time", excerpt: "" }],
});

/** A log file with events by their numbers: event `n` happens `n` minutes after ten. */
export interface Part {
  readonly logFile: bigint;
  readonly numbers: readonly number[];
  readonly name?: string;
  readonly readAt?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export type ArrivalPlace = Awaited<ReturnType<typeof openArrivalPlace>>;

/** A store of a folder, opened anew each time. */
export async function openArrivalPlace(folder: string, now: () => number = () => began) {
  const store = await EventStore.open({ directory: join(folder, "data"), now });
  let batches = 0;
  const batchOf = (parts: readonly Part[]): Batch => {
    const writer = new SpoolWriter(join(folder, `batch-${batches++}.rows`));
    for (const { logFile, numbers, fields } of parts) {
      for (const number of numbers) {
        const eventTime = new Date(began + number * minute).toISOString();
        const text = Buffer.from(JSON.stringify(makeRecord(number, { eventTime, ...fields })));
        writer.add(logFile, text, 0, text.length);
      }
    }
    writer.close();
    return { path: writer.path, rows: writer.rows, hours: undefined };
  };
  const write = (...parts: Part[]) => store.write(batchOf(parts), readNothing);
  const acknowledge = (...parts: Part[]) => store.acknowledge(parts.map(logFileOf), []);
  return {
    store,
    arrivals: store.arrivals,
    write,
    acknowledge,
    async bring(...parts: Part[]): Promise<void> {
      await write(...parts);
      await acknowledge(...parts);
    },
    async records(...ask: Parameters<Arrivals["records"]>): Promise<StoredRecord[]> {
      return (await Array.fromAsync(store.arrivals.records(...ask))).flat();
    },
    async waitingIds(limit = 100): Promise<number[]> {
      return (await store.arrivals.waiting(limit)).map(({ id }) => Number(id));
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

function logFileOf({ logFile: id, numbers, name = `s3://logs/${id}.json.gz`, readAt = began }: Part): LogFile {
  return {
    id,
    source: "bucket",
    name,
    version: String(id),
    kind: "records",
    sizeBytes: 1,
    sha256: "00".repeat(32),
    records: numbers.length,
    rejected: 0,
    dropped: 0,
    deliveredAt: undefined,
    readAt,
    note: "",
    gzipMembers: 1,
    bytesBehind: 0,
  };
}
