import { createHash } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import type { IntegrityFindingRow, IntegrityTable } from "../../state/index.ts";
import type { IntegrityAsk, IntegrityFinding, IntegrityFindingKind } from "../verification.ts";

/** Something to be told; `about` is what makes it the same matter when it is seen again. */
export interface Matter extends Omit<IntegrityFinding, "id" | "foundAt" | "settledAt"> {
  readonly about: string;
}

/** The findings, each told once: the same matter keeps its id, and what is healed is settled. */
export class FindingBook {
  readonly #table: IntegrityTable;
  readonly #clock: Clock;

  constructor(table: IntegrityTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async tell({ about, ...matter }: Matter): Promise<void> {
    const id = findingId(matter.kind, about);
    const { kind, accountId, region, from, to, ...content } = matter;
    const known = await this.#table.getFinding(id);
    const isOpen = known !== undefined && known.settledAt === undefined;
    const foundAt = isOpen ? known.foundAt : this.#clock.now();
    const row = { id, kind, accountId, region, from, to, foundAt, settledAt: undefined, content };
    if (isOpen && isSame(known, row)) return;
    await this.#table.putFinding(row);
  }

  async settle(kind: IntegrityFindingKind, about: string): Promise<void> {
    const known = await this.#table.getFinding(findingId(kind, about));
    if (known === undefined || known.settledAt !== undefined) return;
    await this.#table.putFinding({ ...known, settledAt: this.#clock.now() });
  }

  /** Newest first. */
  async page(
    ask: Partial<IntegrityAsk> & { readonly isOpen?: boolean },
    page: { readonly after?: string; readonly limit: number },
  ): Promise<IntegrityFinding[]> {
    const { region, ...asked } = ask;
    const found: IntegrityFinding[] = [];
    let after = page.after;
    // The table does not choose by region: what is left out is made up for by reading on.
    while (found.length < page.limit) {
      const limit = Math.max(page.limit, 100);
      const rows = await this.#table.findings(asked, { limit, ...(after === undefined ? {} : { after }) });
      found.push(...rows.filter((row) => region === undefined || row.region === region).map(findingOf));
      after = rows.at(-1)?.id;
      if (rows.length < limit) break;
    }
    return found.slice(0, page.limit);
  }

  /** All of a selection, up to so many. */
  async all(ask: Partial<IntegrityAsk> & { readonly isOpen?: boolean }, limit: number): Promise<IntegrityFinding[]> {
    return this.page(ask, { limit });
  }
}

/** Long names make no good keys. */
export function findingId(kind: IntegrityFindingKind, about: string): string {
  return `${kind}-${createHash("sha256").update(about).digest("hex").slice(0, 24)}`;
}

function isSame(known: IntegrityFindingRow, row: IntegrityFindingRow): boolean {
  const { from, to, content } = row;
  return known.from === from && known.to === to && sorted(known.content) === sorted(content);
}

/** A database may keep an object's members in another order. */
function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function findingOf(row: IntegrityFindingRow): IntegrityFinding {
  const { id, kind, accountId, region, from, to, foundAt, settledAt } = row;
  const content = (row.content ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof content[name] === "string" ? content[name] : "");
  return {
    ...{ id, kind: kind as IntegrityFindingKind, accountId, region, from, to, foundAt, settledAt },
    sentence: text("sentence"),
    help: text("help"),
    logFile: text("logFile"),
    digest: text("digest"),
  };
}
