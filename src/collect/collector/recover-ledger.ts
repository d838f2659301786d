import type { State } from "../../state/index.ts";
import type { EventStore } from "../../store/index.ts";
import { ledgerObject } from "../sources/object-taker.ts";

/** More than are read in the minutes for which an operating system may keep what it is to write. */
const recentMax = 20_000;

/**
 * Makes up what the ledger lost of the last log files: a power cut takes its last changes, a kill may come between the
 * store's list and the ledger. The store flushes its list to disk before a message is deleted.
 */
export async function recoverLedger(store: EventStore, { ledger }: State, now: number): Promise<number> {
  const objects = (await store.logFiles(recentMax)).flatMap(({ name, source, version, records }) => {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(name) ?? [];
    return bucket === undefined || key === undefined ? [] : [{ name, bucket, key, source, version, records }];
  });
  const known = new Map((await ledger.entries(objects.map(({ name }) => name))).map((entry) => [entry.name, entry]));
  const lost = objects.filter(({ name, version }) => {
    const entry = known.get(name);
    return entry === undefined || (entry.state !== "read" && (entry.version ?? version) === version);
  });
  // It was read from there: it is in the bucket, whoever told of it.
  await ledger.note(
    "listed",
    lost.map(({ bucket, key, source, version }) => ledgerObject({ bucket, key, etag: version }, source, now)),
    now,
  );
  await ledger.markRead(lost, now);
  return lost.length;
}
