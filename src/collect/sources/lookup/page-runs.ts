import { hash } from "node:crypto";
import { nextTryAfterMs } from "../../fetch/patience.ts";
import { diagnose } from "../diagnose.ts";
import type { SourceContext } from "../source.ts";
import type { LookedUpEvent } from "./ask-pages.ts";

/** What is gathered from pages before it is stored as one file. */
const runBytesMax = 1024 * 1024;
/** Ids that are remembered, so that asking again for the same minutes stores no second file. */
const rememberedMax = 300_000;

/** Stores what pages bring, several pages in one file, one record a line. */
export class PageRuns {
  readonly #context: SourceContext;
  readonly #accountId: string;
  readonly #region: string;
  /** Events that are stored and may be asked for again, with their times. */
  readonly #stored = new Map<string, number>();
  #run = new Map<string, LookedUpEvent>();
  #bytes = 0;
  #rememberFrom = 0;

  constructor(context: SourceContext, place: { readonly accountId: string; readonly region: string }) {
    this.#context = context;
    this.#accountId = place.accountId;
    this.#region = place.region;
  }

  /** Rejects only when it is aborted. */
  async add(events: readonly LookedUpEvent[]): Promise<void> {
    for (const event of events) {
      if (this.#stored.has(event.id) || this.#run.has(event.id)) continue;
      this.#run.set(event.id, event);
      this.#bytes += Buffer.byteLength(event.record) + 1;
    }
    if (this.#bytes >= runBytesMax) await this.flush();
  }

  /** When this returns, all that was added is stored. */
  async flush(): Promise<void> {
    const events = [...this.#run.values()];
    if (events.length === 0) return;
    const bytes = Buffer.from(events.map(({ record }) => `${record}\n`).join(""));
    await this.#store(bytes, events);
    for (const { id, at } of events) {
      if (at >= this.#rememberFrom && this.#stored.size < rememberedMax) this.#stored.set(id, at);
    }
    this.#run = new Map();
    this.#bytes = 0;
  }

  /** What is older is not asked for again, and need not be remembered. */
  forgetBefore(at: number): void {
    this.#rememberFrom = at;
    for (const [id, time] of this.#stored) if (!(time >= at)) this.#stored.delete(id);
  }

  async #store(bytes: Buffer, events: readonly LookedUpEvent[]): Promise<void> {
    const { intake, report, clock, signal, name: source } = this.#context;
    const version = hash("sha256", bytes);
    const name = `lookup://${this.#accountId}/${this.#region}/${spanOf(events)}/${version.slice(0, 16)}`;
    for (let tries = 0; ; tries++) {
      try {
        using room = await intake.room(this.#accountId, bytes.length, signal);
        void room;
        const outcome = await intake.take({ name, version, source, lane: this.#accountId, content: { bytes } });
        const { stored, duplicates, lastEventAt } = outcome;
        report.stored({ events: stored, duplicates, lastEventAt });
        return;
      } catch (error) {
        signal.throwIfAborted();
        const finding = diagnose(error, { what: `what LookupEvents answered in ${this.#region}` });
        report.trouble(finding, "reading");
        await clock.waitUntil(clock.now() + nextTryAfterMs(tries, finding.code), signal);
      }
    }
  }
}

/** `20260102T030405Z-20260102T030509Z` */
function spanOf(events: readonly LookedUpEvent[]): string {
  let [first, last] = [Infinity, -Infinity];
  for (const { at } of events) [first, last] = [Math.min(first, at), Math.max(last, at)];
  return [first, last].map((at) => (Number.isFinite(at) ? compact(at) : "unknown")).join("-");
}

function compact(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:]/g, "");
}
