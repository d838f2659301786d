/** How many requests passed and what became of each of them. */
export interface RecordingFigures {
  readonly passed: number;
  /** Calls that are recorded. */
  readonly records: number;
  /** Calls of data that nobody asked to record. */
  readonly dataEvents: number;
  /** Requests that say nothing, or nothing known here, of what they ask for; by the service they were signed for. */
  readonly unnamed: number;
  readonly unnamedByService: Readonly<Record<string, number>>;
  /** Recorded without a part that could not be read. */
  readonly unreadable: number;
  /** The server's own business: its health, its administration. */
  readonly own: number;
  /** Requests that the server did not answer. */
  readonly unanswered: number;
  /** Answers held back for good because the call could not be written down. */
  readonly unrecorded: number;
}

type Count = Exclude<keyof RecordingFigures, "unnamedByService">;

const servicesMax = 100;

/** Counts, and tells of each change. */
export class Tally {
  readonly #counts: Record<Count, number> = {
    passed: 0,
    records: 0,
    dataEvents: 0,
    unnamed: 0,
    unreadable: 0,
    own: 0,
    unanswered: 0,
    unrecorded: 0,
  };
  readonly #services = new Map<string, number>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(counts: Partial<Readonly<Record<Count, number>>>): void {
    for (const [name, count] of Object.entries(counts)) this.#counts[name as Count] += count;
    this.#changed();
  }

  addUnnamed(service = "unsigned"): void {
    // What a request claims to be signed for may be anything.
    const name = this.#services.has(service) || this.#services.size < servicesMax ? service : "others";
    this.#services.set(name, (this.#services.get(name) ?? 0) + 1);
    this.add({ unnamed: 1 });
  }

  figures(): RecordingFigures {
    return { ...this.#counts, unnamedByService: Object.fromEntries(this.#services) };
  }
}
