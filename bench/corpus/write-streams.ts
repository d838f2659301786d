import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { createRandom, printRecord, type Random } from "../../src/sandbox/index.ts";
import { makeStreamEvents } from "./events.ts";
import { plantNeedles } from "./needles.ts";
import { eventsInFile, type Stream } from "./shape.ts";
import { startTally, tallyRecord, type Tally } from "./truth.ts";

export interface StreamWork {
  /** Folder that gets the log files. */
  readonly home: string;
  readonly seed: string;
  /** Events of the whole corpus. */
  readonly events: number;
  /** Streams with the number of their first event. */
  readonly streams: readonly (readonly [Stream, firstNumber: number])[];
}

/** Writes the log files of some streams; one file at a time is in memory. */
export function writeStreams({ home, seed, events, streams }: StreamWork): Tally {
  const tally = startTally();
  const needles = plantNeedles(createRandom(`${seed}/needles`), events);
  for (const [stream, firstNumber] of streams) {
    const random = createRandom(`${seed}/files/${stream.accountId}/${stream.region}`);
    const file = startLogFile();
    let wanted = drawFileSize(random);
    let left = stream.events;
    for (const { at, record } of makeStreamEvents(seed, stream, firstNumber, needles)) {
      tallyRecord(tally, at, record);
      file.add(printRecord(record));
      left -= 1;
      if (file.records() < wanted && left > 0) continue;
      file.write(join(home, keyOf(stream, random, at)), tally);
      wanted = drawFileSize(random);
    }
  }
  return tally;
}

const opening = '{"Records":[';

/** Collects records in one buffer and writes it, compressed as AWS does it (gzip's usual level), file after file. */
export function startLogFile() {
  let buffer = Buffer.allocUnsafe(16 << 20);
  let length = buffer.write(opening);
  let count = 0;

  function add(record: string): void {
    // Three bytes are the most that one UTF-16 unit needs; one byte for the comma and two for the end.
    if (length + record.length * 3 + 3 > buffer.length)
      buffer = Buffer.concat([buffer], buffer.length * 2 + record.length * 3);
    if (count > 0) length += buffer.write(",", length);
    length += buffer.write(record, length);
    count += 1;
  }
  function write(path: string, sizes: Pick<Tally, "files" | "rawBytes" | "gzBytes">): void {
    length += buffer.write("]}", length);
    const packed = gzipSync(buffer.subarray(0, length), { chunkSize: 1 << 20 });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, packed);
    sizes.files += 1;
    sizes.rawBytes += length;
    sizes.gzBytes += packed.length;
    length = buffer.write(opening);
    count = 0;
  }
  return { add, write, records: () => count };
}

/** The object key AWS would choose for a file delivered five minutes after its last event. */
export function keyOf(
  { accountId, region }: Pick<Stream, "accountId" | "region">,
  random: Random,
  lastEventAt: number,
): string {
  const iso = new Date(lastEventAt + 300_000).toISOString();
  const stamp = `${iso.slice(0, 16).replace(/[-:]/g, "")}Z`;
  const folder = `AWSLogs/${accountId}/CloudTrail/${region}/${iso.slice(0, 10).replaceAll("-", "/")}`;
  return `${folder}/${accountId}_CloudTrail_${region}_${stamp}_${random.letters(16)}.json.gz`;
}

function drawFileSize(random: Random): number {
  return eventsInFile.least + random.int(eventsInFile.below - eventsInFile.least);
}
