import type {
  ChainRow,
  IntegrityFindingRow,
  IntegrityTable,
  Ledger,
  LedgerEntry,
  LedgerObject,
  PublicKeyRow,
} from "../../state/index.ts";

/** What verifying remembers, in memory, as JSON as a database would; a write may be made to fail. */
export class FakeIntegrity implements IntegrityTable {
  readonly keyRows = new Map<string, PublicKeyRow>();
  readonly chainRows = new Map<string, string>();
  readonly findingRows = new Map<string, string>();
  readonly settings = new Map<string, string>();
  /** Every finding as it was written, in order. */
  readonly told: IntegrityFindingRow[] = [];
  beforeWrite: (what: string) => void = () => undefined;

  putKeys(keys: readonly PublicKeyRow[]): Promise<void> {
    this.beforeWrite("keys");
    for (const key of keys) {
      const id = `${key.authority} ${key.region} ${key.fingerprint}`;
      this.keyRows.set(id, this.keyRows.get(id) ?? key);
    }
    return Promise.resolve();
  }

  keys(region?: string): Promise<PublicKeyRow[]> {
    return Promise.resolve([...this.keyRows.values()].filter((key) => region === undefined || key.region === region));
  }

  putChain(row: ChainRow): Promise<void> {
    return this.#write("chain", () => this.chainRows.set(row.id, JSON.stringify(row)));
  }

  getChain(id: string): Promise<ChainRow | undefined> {
    const row = this.chainRows.get(id);
    return Promise.resolve(row === undefined ? undefined : (JSON.parse(row) as ChainRow));
  }

  chains(): Promise<ChainRow[]> {
    return Promise.resolve([...this.chainRows.values()].map((row) => JSON.parse(row) as ChainRow));
  }

  putFinding(row: IntegrityFindingRow): Promise<void> {
    return this.#write("finding", () => {
      this.told.push(row);
      this.findingRows.set(row.id, JSON.stringify(row));
    });
  }

  getFinding(id: string): Promise<IntegrityFindingRow | undefined> {
    const row = this.findingRows.get(id);
    return Promise.resolve(row === undefined ? undefined : (JSON.parse(row) as IntegrityFindingRow));
  }

  findings(
    ask: Parameters<IntegrityTable["findings"]>[0],
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<IntegrityFindingRow[]> {
    const rows = [...this.findingRows.values()]
      .map((row) => JSON.parse(row) as IntegrityFindingRow)
      .filter(({ settledAt }) => ask.isOpen === undefined || (settledAt === undefined) === ask.isOpen)
      .filter(({ accountId }) => ask.accountId === undefined || accountId === ask.accountId)
      .filter(({ from, to }) => to >= (ask.from ?? -Infinity) && from < (ask.to ?? Infinity))
      .sort((a, b) => b.foundAt - a.foundAt || (a.id < b.id ? 1 : -1));
    const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    return Promise.resolve(rows.slice(from, from + limit));
  }

  setting(name: string): Promise<unknown> {
    const value = this.settings.get(name);
    return Promise.resolve(value === undefined ? undefined : (JSON.parse(value) as unknown));
  }

  setSetting(name: string, value: unknown): Promise<void> {
    return this.#write("setting", () => this.settings.set(name, JSON.stringify(value)));
  }

  #write(what: string, write: () => unknown): Promise<void> {
    this.beforeWrite(what);
    write();
    return Promise.resolve();
  }
}

/** The ledger as far as verifying uses it. */
export class FakeLedger implements Pick<Ledger, "note" | "entries"> {
  readonly rows = new Map<string, LedgerEntry>();

  note(list: "noticed" | "listed" | "named", objects: readonly LedgerObject[], at: number): Promise<LedgerEntry[]> {
    return Promise.resolve(
      objects.map((object) => {
        const known = this.rows.get(object.name) ?? { ...object, ...unheard };
        const entry = { ...known, [`${list}At`]: known[`${list}At`] ?? at };
        this.rows.set(object.name, entry);
        return entry;
      }),
    );
  }

  entries(names: readonly string[]): Promise<LedgerEntry[]> {
    return Promise.resolve(names.flatMap((name) => this.rows.get(name) ?? []));
  }

  change(name: string, change: Partial<LedgerEntry>): void {
    const known = this.rows.get(name);
    if (known !== undefined) this.rows.set(name, { ...known, ...change });
  }
}

const unheard = {
  state: "waiting",
  noticedAt: undefined,
  listedAt: undefined,
  namedAt: undefined,
  readAt: undefined,
  records: 0,
  tries: 0,
  nextTryAt: undefined,
  problem: undefined,
} as const;
