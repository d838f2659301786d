import { gunzipSync, gzipSync } from "node:zlib";
import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";

export interface LogGroup {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** Without the `:*` that some answers have behind it. */
  readonly arn: string;
  readonly createdAt: number;
  readonly retentionDays?: number;
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly groupArn: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestedAt?: number;
  /** How many batches were ever put: the next one's number. */
  readonly batches: number;
}

/** The events of one PutLogEvents; their texts lie compressed, because they are many and alike. */
interface Batch {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly ingestedAt: number;
  readonly bytes: number;
  readonly data: string;
}

export interface LogEvent {
  /** Orders events: instant, batch, place in the batch. */
  readonly id: string;
  readonly at: number;
  readonly ingestedAt: number;
  readonly message: string;
}

export interface GroupAddress {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

const dayMilliseconds = 86_400_000;
/** PutLogEvents counts so much for each event beside its text. */
export const eventOverheadBytes = 26;

/** Groups, streams and events as they last. */
export class LogStore {
  readonly world: World;
  readonly groups: Collection<LogGroup>;
  readonly streams: Collection<LogStream>;
  readonly #batches: Collection<Batch>;
  readonly #bytes = new Map<string, number>();

  constructor(world: World) {
    this.world = world;
    this.groups = world.state.collection("logs/groups");
    this.streams = world.state.collection("logs/streams");
    this.#batches = world.state.collection("logs/batches");
    for (const [key, batch] of this.#batches.entries()) this.#count(key, batch.bytes);
  }

  groupOf(address: GroupAddress): LogGroup {
    const group = this.groups.get(groupKey(address));
    if (group === undefined) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  }

  streamOf(group: LogGroup, name: string | undefined): LogStream {
    const stream = name === undefined ? undefined : this.streams.get(keyOf(group.arn, name));
    if (stream === undefined)
      throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
    return stream;
  }

  putStream(stream: LogStream): void {
    this.streams.put(keyOf(stream.groupArn, stream.name), stream);
  }

  storedBytes(group: LogGroup): number {
    this.sweep(group);
    return this.#bytes.get(group.arn) ?? 0;
  }

  /** Events before this are no longer kept. */
  keptFrom(group: LogGroup): number {
    return group.retentionDays === undefined
      ? -Infinity
      : this.world.clock.now() - group.retentionDays * dayMilliseconds;
  }

  /** Adds events, which are in the order of their instants. */
  append(
    group: LogGroup,
    stream: LogStream,
    events: readonly { readonly at: number; readonly message: string }[],
  ): void {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    const now = this.world.clock.now();
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + eventOverheadBytes, 0);
    const data = gzipSync(JSON.stringify(events.map(({ at, message }) => [at, message])), { level: 1 }).toString(
      "base64",
    );
    this.sweep(group);
    this.world.state.together(() => {
      const key = keyOf(group.arn, stream.name, String(stream.batches).padStart(12, "0"));
      this.#batches.put(key, { firstAt: first.at, lastAt: last.at, ingestedAt: now, bytes, data });
      this.putStream({
        ...stream,
        firstEventAt: Math.min(stream.firstEventAt ?? Infinity, first.at),
        lastEventAt: Math.max(stream.lastEventAt ?? -Infinity, last.at),
        lastIngestedAt: now,
        batches: stream.batches + 1,
      });
      this.#count(key, bytes);
    });
  }

  /** A stream's events from an instant up to, not including, another, in their order. */
  read(group: LogGroup, streamName: string, from = -Infinity, to = Infinity): readonly LogEvent[] {
    const start = Math.max(from, this.keptFrom(group));
    const events: LogEvent[] = [];
    let isOrdered = true;
    for (const [key, batch] of this.#batches.entries(keyOf(group.arn, streamName, ""))) {
      if (batch.lastAt < start || batch.firstAt >= to) continue;
      const number = key.slice(-12);
      for (const [index, [at, message]] of textsOf(batch).entries()) {
        if (at < start || at >= to) continue;
        const event = { id: idOf(at, number, index), at, ingestedAt: batch.ingestedAt, message };
        if (event.id < (events.at(-1)?.id ?? "")) isOrdered = false;
        events.push(event);
      }
    }
    return isOrdered ? events : events.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  deleteStream(group: LogGroup, stream: LogStream): void {
    this.world.state.together(() => {
      for (const [key, batch] of [...this.#batches.entries(keyOf(group.arn, stream.name, ""))]) this.#drop(key, batch);
      this.streams.delete(keyOf(group.arn, stream.name));
    });
  }

  deleteGroup(group: LogGroup): void {
    this.world.state.together(() => {
      for (const stream of [...this.streams.values(keyOf(group.arn, ""))]) this.deleteStream(group, stream);
      this.groups.delete(groupKey(group));
    });
    this.#bytes.delete(group.arn);
  }

  /** Drops batches that are altogether older than the group keeps. */
  sweep(group: LogGroup): void {
    const from = this.keptFrom(group);
    if (from === -Infinity) return;
    for (const stream of this.streams.values(keyOf(group.arn, ""))) {
      if ((stream.firstEventAt ?? Infinity) >= from) continue;
      const all = [...this.#batches.entries(keyOf(group.arn, stream.name, ""))];
      for (const [key, batch] of all) if (batch.lastAt < from) this.#drop(key, batch);
      const rest = all.filter(([, batch]) => batch.lastAt >= from).map(([, batch]) => batch.firstAt);
      const { firstEventAt: _first, ...emptied } = stream;
      this.putStream(rest.length === 0 ? emptied : { ...stream, firstEventAt: Math.max(from, Math.min(...rest)) });
    }
  }

  #drop(key: string, batch: Batch): void {
    this.#batches.delete(key);
    this.#count(key, -batch.bytes);
  }

  #count(key: string, bytes: number): void {
    const arn = key.slice(0, key.indexOf("\u0000"));
    this.#bytes.set(arn, (this.#bytes.get(arn) ?? 0) + bytes);
  }
}

export function groupKey({ accountId, region, name }: GroupAddress): string {
  return keyOf(accountId, region, name);
}

function textsOf(batch: Batch): readonly (readonly [number, string])[] {
  return JSON.parse(gunzipSync(Buffer.from(batch.data, "base64")).toString("utf8")) as [number, string][];
}

/** Digits that order events: 16 of the instant, 12 of the batch, 5 of the place in it. */
function idOf(at: number, batch: string, index: number): string {
  return `${String(at).padStart(16, "0")}${batch}${String(index).padStart(5, "0")}`;
}
