import type { EventStore } from "../../store/index.ts";
import type { VolumeAsk } from "./volumes.ts";

/** The stored records of some accounts and a time, as they stand, to replay selectors on; the oldest first. */
export function storedRecords(
  store: Pick<EventStore, "streamRaw">,
  { accounts, from, to }: VolumeAsk,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const test = { op: "equals", values: accounts, cased: true } as const;
  const predicate =
    accounts.length === 0 ? ({ kind: "none" } as const) : ({ kind: "field", path: ["$account"], test } as const);
  return store.streamRaw({ predicate, from, to, order: "oldest" }, signal);
}
