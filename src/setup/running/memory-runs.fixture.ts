import type { RunRow } from "../../state/index.ts";
import type { RunTable } from "./run-table.ts";
import type { SetupRun } from "./run.ts";

/** A table of runs in memory, which keeps them as a database would: as JSON. */
export class MemoryRuns implements RunTable {
  readonly #rows = new Map<string, string>();
  gate: (when: "before" | "after", call: string) => void = () => undefined;

  async putRun(run: RunRow): Promise<void> {
    this.gate("before", "putRun");
    this.#rows.set(run.id, JSON.stringify(run));
    this.gate("after", "putRun");
  }

  async getRun(id: string): Promise<RunRow | undefined> {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : (JSON.parse(row) as RunRow);
  }

  async runs(deployment: string, limit: number): Promise<RunRow[]> {
    const rows = [...this.#rows.values()].map((row) => JSON.parse(row) as RunRow).toReversed();
    return rows.filter((row) => row.deployment === deployment).slice(0, limit);
  }

  async list() {
    return [{ name: "payments", content: {}, createdAt: 0 }];
  }

  get all(): SetupRun[] {
    return [...this.#rows.values()].map((row) => (JSON.parse(row) as RunRow).content as SetupRun);
  }
}
