import { join } from "node:path";

import { type Clock } from "../../base/clock.ts";
import { type LastingState, keyOf } from "../../base/lasting.ts";
import { type CloudTrailRecord, selects } from "../../cloudtrail/index.ts";
import { DigestChains } from "../digests/digest-chains.ts";
import { type SigningKeys } from "../digests/signing-keys.ts";
import { type JournalEntry } from "../journal/entry.ts";
import { type Journal } from "../journal/journal.ts";
import { type History } from "../lookup/history.ts";
import { type Outlets } from "../outlets.ts";
import { type TrailBook } from "../trail.ts";
import { putBusEvents } from "./bus-events.ts";
import { Cutter } from "./cut-records.ts";
import { Gates } from "./gates.ts";
import { type Dropped, openOutbox, type Outbox } from "./outbox.ts";
import { Sender } from "./send.ts";
import { type DeliverySettings, type FullSettings, fullSettings } from "./settings.ts";
import { Tail } from "./tail.ts";
import { TrailHistory } from "./trail-times.ts";

export interface DeliveryParts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly state: LastingState;
  /** Where what waits for delivery lies; of this delivery alone. */
  readonly folder: string;
  readonly trails: TrailBook;
  readonly outlets: Outlets;
  readonly keys: SigningKeys;
  readonly random: { letters(count: number): string };
  readonly settings: DeliverySettings;
  /** What `LookupEvents` looks in. Told of every record, after a kill perhaps of the last ones again. */
  readonly history?: Pick<History, "add">;
  /** Told of what went wrong within, which is tried again; a trail's own troubles are in its status instead. */
  readonly failed: (error: unknown) => void;
}

export interface DeliveryFigures {
  /** What has been decided on and has not arrived. */
  readonly waiting: number;
  /** What was given up on. */
  readonly dropped: readonly Dropped[];
  /** Lines of the journal that were no records. */
  readonly unreadable: number;
}

/** Begins to deliver what the journal holds to where the trails want it, and goes on from where it was. */
export async function startDelivery(parts: DeliveryParts): Promise<Delivery> {
  const outbox = await openOutbox(parts.state, join(parts.folder, "outbox"));
  return new Delivery(parts, outbox);
}

export class Delivery implements AsyncDisposable {
  readonly #parts: DeliveryParts;
  readonly #settings: FullSettings;
  readonly #outbox: Outbox;
  readonly #history: TrailHistory;
  readonly #cutter: Cutter;
  readonly #chains: DigestChains;
  readonly #sender: Sender;
  readonly #gates = new Gates();
  readonly #tails: readonly Tail[];
  readonly #stopping = new AbortController();
  readonly #stopListening: readonly (() => void)[];
  readonly #running: Promise<void>;
  /** Rounds of trails that are under way; a hanging one holds up nobody else. */
  readonly #rounds = new Map<string, { readonly running: Promise<void>; next?: Promise<void> }>();
  #isCuttingEarly = false;

  constructor(parts: DeliveryParts, outbox: Outbox) {
    const { journal, state, trails, outlets, keys, clock, failed } = parts;
    this.#parts = parts;
    this.#outbox = outbox;
    const settings = (this.#settings = fullSettings(parts.settings));
    const history = (this.#history = new TrailHistory(trails, state, outlets));
    const letters = (count: number) => parts.random.letters(count);
    const { logFileBytesMax, regions, digestMilliseconds, retryMilliseconds } = settings;
    this.#cutter = new Cutter({ journal, state, outbox, history, selects, letters, logFileBytesMax });
    const chains = (this.#chains = new DigestChains({ state, outbox, keys, outlets, regions, digestMilliseconds }));
    this.#sender = new Sender({
      state,
      outbox,
      outlets,
      trails,
      gates: this.#gates,
      now: () => clock.now(),
      retryMilliseconds,
      delivered: (parcel) => chains.noteDelivered(parcel),
    });
    this.#tails = [
      new Tail(parts, "bus", (entries) => putBusEvents(entries, { history, outlets, selects, failed })),
      new Tail(parts, "history", async (entries) => void parts.history?.add(entries.map(parsed))),
    ];
    this.#stopListening = [
      journal.onAppend(() => this.#noteAppend()),
      trails.onChange(({ kind, trail }) => {
        // Whoever has just repaired a trail does not wait for the next try.
        this.#gates.open(keyOf(trail.arn, ""));
        // At once: it may be stopped again before the next round.
        if (kind !== "deleted") chains.open(trail, clock.now()).catch(failed);
      }),
    ];
    this.#running = this.#run();
  }

  /** Delivers all that there is now, whether its time has come or not, and tries again what failed. */
  async deliverNow(): Promise<void> {
    await Promise.all(this.#tails.map((tail) => tail.run()));
    const { rounds } = await this.#begin(true);
    await Promise.all(rounds);
  }

  figures(): DeliveryFigures {
    return { waiting: this.#outbox.size, dropped: this.#outbox.dropped(), unreadable: this.#cutter.unreadable };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    for (const stop of this.#stopListening) stop();
    await this.#running;
    await Promise.all(this.#tails.map((tail) => tail.stop()));
    while (this.#rounds.size > 0) await Promise.all([...this.#rounds.values()].map(({ running }) => running));
    this.#history[Symbol.dispose]();
  }

  async #run(): Promise<void> {
    const { clock, failed, trails } = this.#parts;
    const { signal } = this.#stopping;
    this.#runTails();
    for (const trail of trails.all()) await this.#chains.open(trail, clock.now()).catch(failed);
    while (!signal.aborted) {
      const { logFileMilliseconds } = this.#settings;
      const nextFile = (Math.floor(clock.now() / logFileMilliseconds) + 1) * logFileMilliseconds;
      const nextDigest = Math.max(this.#chains.nextEnd(), clock.now() + 1);
      try {
        await clock.waitUntil(Math.min(nextFile, nextDigest), signal);
        this.#runTails();
        await this.#begin(false);
      } catch (error) {
        if (!signal.aborted) failed(error);
      }
    }
  }

  #noteAppend(): void {
    this.#runTails();
    const isFull = this.#parts.journal.end - this.#cutter.position.at >= this.#settings.logFileBytesMax;
    if (!isFull || this.#isCuttingEarly) return;
    this.#isCuttingEarly = true;
    this.#begin(false)
      .catch(this.#parts.failed)
      .finally(() => (this.#isCuttingEarly = false));
  }

  #runTails(): void {
    for (const tail of this.#tails) void tail.run();
  }

  /** Makes parcels of what there is and begins to send them, each trail by itself. */
  async #begin(isForced: boolean): Promise<{ readonly rounds: readonly Promise<void>[] }> {
    const { clock, journal, trails } = this.#parts;
    const before = clock.now();
    for (const trail of trails.all()) await this.#chains.open(trail, clock.now());
    await this.#cutter.cut(() => clock.now());
    const read = Math.min(this.#cutter.position.at, ...this.#tails.map(({ position }) => position.at));
    await journal.release(read);
    if (read >= journal.end) this.#history.forgetBefore(before - formerTrailMilliseconds);
    const arns = new Set([
      ...trails.all().map(({ arn }) => arn),
      ...this.#outbox.trailArns(),
      ...this.#chains.trailArns(),
    ]);
    return { rounds: [...arns].map((arn) => this.#round(arn, isForced)) };
  }

  /** One round for a trail after another; those asked for while one is under way are one that follows it. */
  #round(trailArn: string, isForced: boolean): Promise<void> {
    const underway = this.#rounds.get(trailArn);
    if (underway !== undefined) {
      // A next round that was asked for without force will not do for one who forces it.
      if (underway.next !== undefined && !isForced) return underway.next;
      const after = underway.next ?? underway.running;
      return (underway.next = after.then(() => this.#round(trailArn, isForced)));
    }
    const running = this.#deliverTrail(trailArn, isForced)
      .catch(this.#parts.failed)
      .finally(() => this.#rounds.delete(trailArn));
    this.#rounds.set(trailArn, { running });
    return running;
  }

  async #deliverTrail(trailArn: string, isForced: boolean): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { trails, clock } = this.#parts;
    const notices = async () => this.#sender.send(trailArn, "notice", isForced);
    await Promise.all([
      this.#sender.send(trailArn, "log-file", isForced).then(notices),
      this.#sender.send(trailArn, "log-events", isForced),
    ]);
    const trail = trails.get(trailArn);
    await this.#chains.seal(trailArn, trail, clock.now());
    if (trail !== undefined) await this.#chains.open(trail, clock.now());
    await this.#sender.send(trailArn, "digest", isForced);
  }
}

/** The journal holds only what `recordOf` made. */
function parsed({ record }: JournalEntry): { readonly record: CloudTrailRecord; readonly json: string } {
  return { record: JSON.parse(record) as CloudTrailRecord, json: record };
}

/** How long a trail's former shape is kept after all that came in its time was read, for calls that end late. */
const formerTrailMilliseconds = 10_000;
