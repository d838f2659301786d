import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { createRandom, printRecord, type MadeUpRecord } from "../../src/sandbox/index.ts";
import { makeStreamEvents } from "./events.ts";
import { startTally, type Redelivered } from "./truth.ts";
import { keyOf, startLogFile } from "./write-streams.ts";

/** Ten files that come again under another name, and five of which one half is new. */
export function writeRedelivered(files: string, home: string, seed: string): Redelivered {
  const random = createRandom(`${seed}/redelivered`);
  const paths = readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const [file, tally] = [startLogFile(), startTally()];
  let [known, fresh] = [0, 0];
  const count = Math.min(15, paths.length);
  for (let index = 0; index < count; index += 1) {
    const path = paths[Math.floor((index * paths.length) / count)] ?? "";
    const [, accountId = "", , region = ""] = relative(files, path).split("/");
    const log: { readonly Records: readonly MadeUpRecord[] } = JSON.parse(gunzipSync(readFileSync(path)).toString());
    const kept = index < 10 ? log.Records : log.Records.slice(0, Math.ceil(log.Records.length / 2));
    const stream = { accountId, region, events: log.Records.length - kept.length };
    const added = Array.from(
      makeStreamEvents(`${seed}/redelivered-${index}`, stream, 0, new Map()),
      ({ record }) => record,
    );
    const lastAt = Date.parse(log.Records.at(-1)?.eventTime ?? "");
    for (const record of [...kept, ...added]) file.add(printRecord(record));
    file.write(join(home, keyOf(stream, random, lastAt + 600_000)), tally);
    known += kept.length;
    fresh += added.length;
  }
  return { files: count, records: known + fresh, known, fresh };
}
