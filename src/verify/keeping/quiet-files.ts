import type { ProofStore, VerdictRow } from "../../store/index.ts";
import { filesAtOnce } from "./look.ts";

const hourMs = 3_600_000;
/** A digest for late log files comes hours after the usual one: so long no alarm is raised. */
const quietMinMs = 2 * hourMs;
/** Log files that are remembered; what is more is found again after a restart. */
const rememberedMax = 10_000;

/**
 * Log files that no digest names, of which nothing was told yet: one that was delivered late is named hours later, by a
 * digest for late log files.
 */
export class QuietFiles {
  readonly #proofs: Pick<ProofStore, "verdictList">;
  /** When each is told of. */
  readonly #until = new Map<string, number>();

  constructor(proofs: Pick<ProofStore, "verdictList">) {
    this.#proofs = proofs;
  }

  /** After a restart, each is looked at once. */
  async load(): Promise<void> {
    let after: string | undefined;
    do {
      const page = { limit: filesAtOnce, ...(after === undefined ? {} : { after }) };
      const rows = await this.#proofs.verdictList({ verdicts: ["undeclared"] }, page);
      for (const { name } of rows) this.#remember(name, -Infinity);
      after = rows.length < filesAtOnce ? undefined : rows.at(-1)?.name;
    } while (after !== undefined && this.#until.size < rememberedMax);
  }

  /** Those of which is to be told now. */
  takeDue(now: number, limit: number): readonly string[] {
    const due = [...this.#until].filter(([, until]) => now >= until).slice(0, limit);
    for (const [name] of due) this.#until.delete(name);
    return due.map(([name]) => name);
  }

  /** Whether nothing is to be told of it yet; then it comes again when it is due. */
  isQuiet(row: VerdictRow, file: { readonly readAt: number; readonly paceMs: number }, now: number): boolean {
    if (row.verdict !== "undeclared") return false;
    const seenAt = Math.max(row.deliveredAt + file.paceMs, file.readAt);
    const until = seenAt + Math.max(2 * file.paceMs, quietMinMs);
    if (now >= until) return false;
    this.#remember(row.name, until);
    return true;
  }

  #remember(name: string, until: number): void {
    if (this.#until.size < rememberedMax) this.#until.set(name, until);
  }
}
