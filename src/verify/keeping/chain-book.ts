import { once } from "../../base/once.ts";
import { chainId } from "../../cloudtrail/index.ts";
import type { IntegrityTable } from "../../state/index.ts";
import type { NamedObject } from "../names.ts";
import { readChainMemory, type ChainMemory } from "./chain-memory.ts";

/** All chains as they were left, held in memory and written through: the only one who changes them is us. */
export class ChainBook {
  readonly #table: IntegrityTable;
  readonly #chains = new Map<string, ChainMemory>();
  /** Chains by account and region: whose log files they speak for. */
  readonly #lanes = new Map<string, Set<string>>();
  readonly #withdrawn = new Set<string>();
  /** Reads all chains; once, however often it is called. */
  readonly load = once(() => this.#load());

  constructor(table: IntegrityTable) {
    this.#table = table;
  }

  get(id: string): ChainMemory | undefined {
    return this.#chains.get(id);
  }

  all(): readonly ChainMemory[] {
    return [...this.#chains.values()];
  }

  entries(): readonly (readonly [id: string, memory: ChainMemory])[] {
    return [...this.#chains];
  }

  of(accountId: string, region: string): readonly ChainMemory[] {
    const ids = this.#lanes.get(`${accountId} ${region}`) ?? [];
    return [...ids].flatMap((id) => this.#chains.get(id) ?? []);
  }

  /** Start of the earliest window that is spoken for in the place of a log file; nothing where there is none. */
  beganAt(object: NamedObject): number | undefined {
    const { bucket, read } = object;
    if (read?.folder === undefined) return undefined;
    const { prefix, organizationId = "" } = read.folder;
    const starts = this.of(read.accountId, read.region)
      .filter(
        ({ chain, ...at }) => at.bucket === bucket && at.prefix === prefix && chain.organizationId === organizationId,
      )
      .flatMap(({ beganAt }) => beganAt ?? []);
    return starts.length === 0 ? undefined : Math.min(...starts);
  }

  /** Whether a digest was valid once and is no more. */
  isWithdrawn(digest: string): boolean {
    return this.#withdrawn.has(digest);
  }

  withdraw(digest: string, isWithdrawn: boolean): void {
    if (isWithdrawn) this.#withdrawn.add(digest);
    else this.#withdrawn.delete(digest);
  }

  async put(memory: ChainMemory, at: number): Promise<void> {
    const id = chainId(memory.chain);
    const known = this.#chains.get(id);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(memory)) return;
    const { accountId, region } = memory.chain;
    await this.#table.putChain({ id, accountId, region, content: memory, changedAt: at });
    this.#keep(id, memory);
  }

  async #load(): Promise<void> {
    for (const row of await this.#table.chains()) {
      const memory = readChainMemory(row.content);
      if (memory !== undefined) this.#keep(row.id, memory);
    }
  }

  #keep(id: string, memory: ChainMemory): void {
    this.#chains.set(id, memory);
    for (const digest of memory.withdrawn) this.#withdrawn.add(digest);
    const lane = `${memory.chain.accountId} ${memory.chain.region}`;
    const ids = this.#lanes.get(lane) ?? new Set();
    this.#lanes.set(lane, ids.add(id));
  }
}
