import type { FindingRow } from "../../state/index.ts";
import type { ReadFinding } from "../evidence/evidence.ts";
import type { IncidentOptions } from "../options.ts";

/** Who stands behind a session is asked again after so long: log files of other regions come minutes later. */
const pausesMs = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];
/** What happened longer ago has all its log files. */
const lateMs = 2 * 3_600_000;
const entriesMax = 500;

/** The setting that it is kept in. */
export const againSetting = "incidents/looked-at-again";

type AgainOptions = Pick<IncidentOptions, "table" | "findings" | "clock">;

interface Entry {
  readonly finding: string;
  readonly at: number;
  readonly tries: number;
}

/** Findings whose actors could not be followed back, because an event that issued a credential had not come yet. */
export class Again {
  readonly #options: AgainOptions;
  #entries: Entry[];

  private constructor(options: AgainOptions, entries: Entry[]) {
    this.#options = options;
    this.#entries = entries;
  }

  static async read(options: AgainOptions): Promise<Again> {
    const kept = await options.table.setting(againSetting);
    return new Again(options, Array.isArray(kept) ? (kept as Entry[]) : []);
  }

  /** Those whose time has come. */
  async due(): Promise<FindingRow[]> {
    const now = this.#options.clock.now();
    const rows: FindingRow[] = [];
    for (const { finding, at } of this.#entries) {
      const row = at <= now ? await this.#options.findings.get(finding) : undefined;
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** What is kept after findings were read: those that are still cut, with their next time. */
  after(read: readonly ReadFinding[]): readonly Entry[] {
    const now = this.#options.clock.now();
    const known = new Map(this.#entries.map((entry) => [entry.finding, entry]));
    for (const entry of this.#entries) if (entry.at <= now) known.delete(entry.finding);
    for (const { row, isCut } of read) {
      const tries = this.#entries.find(({ finding }) => finding === row.id)?.tries ?? 0;
      const pause = pausesMs[tries];
      known.delete(row.id);
      if (!isCut || pause === undefined || now - row.to > lateMs) continue;
      known.set(row.id, { finding: row.id, at: now + pause, tries: tries + 1 });
    }
    this.#entries = [...known.values()].slice(-entriesMax);
    return this.#entries;
  }
}
