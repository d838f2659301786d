import type { FindingTable, HitRow } from "../../state/index.ts";
import type { DetectionOptions } from "./options.ts";
import type { Span } from "./spans.ts";

/** Hits in one transaction. */
const rowsAtOnce = 1_000;

/** Hands hits on in portions; taking them again does no harm. */
export class HitTaker {
  readonly #findings: FindingTable;
  readonly #now: () => number;
  readonly #onChanged: () => void;
  #rows: HitRow[] = [];

  constructor({ findings, clock }: Pick<DetectionOptions, "findings" | "clock">, onChanged: () => void) {
    this.#findings = findings;
    this.#now = () => clock.now();
    this.#onChanged = onChanged;
  }

  /** Keeps hits, and hands them on when they are many. */
  async add(rows: readonly HitRow[]): Promise<void> {
    for (const row of rows) this.#rows.push(row);
    while (this.#rows.length >= rowsAtOnce) await this.#take(this.#rows.splice(0, rowsAtOnce), []);
  }

  /** Hands on what is left, and the times that are to be judged once more. */
  async finish(spans: readonly Span[] = []): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length > 0 || spans.length > 0) await this.#take(rows, spans);
  }

  async #take(rows: readonly HitRow[], spans: readonly Span[]): Promise<void> {
    const changed = await this.#findings.take(rows, { spans, at: this.#now() });
    if (changed.length > 0) this.#onChanged();
  }
}
