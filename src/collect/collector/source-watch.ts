import type { SourceFigures } from "../../state/index.ts";
import type { Finding } from "../sources/findings.ts";
import type { SourceProgress, SourceReport } from "../sources/source.ts";

const slotMs = 10_000;
const slotsMax = 30;

/** Hears what a source tells of itself, and keeps the figures that its status is made from. */
export class SourceWatch implements SourceReport {
  readonly #now: () => number;
  readonly #troubles = new Map<"looking" | "reading", Finding>();
  /** Events of the last five minutes, by stretches of ten seconds. */
  readonly #slots: { readonly start: number; events: number }[] = [];
  figures: SourceFigures;
  /** Whether the figures have changed since they were kept. */
  isChanged = false;
  lagMs: number | undefined;
  lookedAt: number | undefined;
  progressNow: SourceProgress | undefined;
  hintNow: Finding | undefined;

  constructor(figures: SourceFigures, now: () => number) {
    this.figures = figures;
    this.#now = now;
  }

  get troubles(): readonly Finding[] {
    return [...this.#troubles.values()];
  }

  eventsPerMinute(): number {
    const since = this.#now() - slotMs * slotsMax;
    const events = this.#slots.filter(({ start }) => start >= since).reduce((sum, slot) => sum + slot.events, 0);
    return (events * 60_000) / (slotMs * slotsMax);
  }

  looked(): void {
    this.lookedAt = this.#now();
    this.#troubles.delete("looking");
  }

  trouble(finding: Finding, of: "looking" | "reading" = "looking"): void {
    this.#troubles.set(of, finding);
  }

  hint(finding: Finding | undefined): void {
    this.hintNow = finding;
  }

  messages(count: number): void {
    if (count > 0) this.#add({ messages: this.figures.messages + count });
  }

  swallowed(kind: string, count = 1): void {
    const { swallowed } = this.figures;
    this.#add({ swallowed: { ...swallowed, [kind]: (swallowed[kind] ?? 0) + count } });
  }

  stored(file: {
    readonly events: number;
    readonly duplicates: number;
    readonly lastEventAt: number | undefined;
  }): void {
    const now = this.#now();
    const { figures } = this;
    this.#troubles.delete("reading");
    this.#count(now, file.events);
    if (file.lastEventAt !== undefined) this.lagMs = Math.max(0, now - file.lastEventAt);
    this.#add({
      logFiles: figures.logFiles + 1,
      events: figures.events + file.events,
      duplicates: figures.duplicates + file.duplicates,
      firstFileAt: figures.firstFileAt ?? now,
      lastFileAt: now,
      lastEventAt: latest(figures.lastEventAt, file.lastEventAt),
    });
  }

  progress(progress: SourceProgress | undefined): void {
    this.progressNow = progress;
  }

  #add(change: Partial<SourceFigures>): void {
    this.figures = { ...this.figures, ...change };
    this.isChanged = true;
  }

  #count(now: number, events: number): void {
    const start = now - (now % slotMs);
    const slot = this.#slots.at(-1);
    if (slot?.start === start) slot.events += events;
    else this.#slots.push({ start, events });
    if (this.#slots.length > slotsMax) this.#slots.shift();
  }
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
