import type { Clock } from "../../base/clock.ts";
import type { SourceReach } from "../../collect/index.ts";
import type { IntegrityTable } from "../../state/index.ts";
import type { KeyBook, PublicKey } from "../digests/digest-object.ts";
import { keyOfRow, rowOfKey } from "../digests/key-rows.ts";
import { Keys } from "../digests/public-keys.ts";
import { listPublicKeys } from "../list-public-keys.ts";
import type { Look } from "./look.ts";

/** A question that failed is asked again after so long. */
const againAfterMs = 3_600_000;
/** As the AWS CLI asks: a digest is signed a little after its window. */
const [beforeMs, behindMs] = [3_600_000, 2 * 3_600_000];

export interface WantedKey {
  /** Of the source that collected what it signed. */
  readonly authority: string;
  readonly region: string;
  readonly fingerprint: string;
  /** Times of the digests that it signed, milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Every public key that was ever seen, and asking for those that are not known. */
export class KeyKeeper {
  readonly #table: IntegrityTable;
  readonly #clock: Clock;
  readonly #keys = new Map<string, Keys>();
  /** When a region was asked for a span in vain. */
  readonly #asked = new Map<string, number>();
  readonly #underWay = new Map<string, Promise<void>>();
  #loading: Promise<void> | undefined;

  constructor(table: IntegrityTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** The keys of one authority; those of another prove nothing of its digests. */
  book(authority: string): KeyBook {
    return this.#of(authority);
  }

  async load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Asks for a key that signed digests of a span; true when it is known then. */
  async ask(want: WantedKey, source: string, look: Pick<Look, "reaching" | "signal">): Promise<boolean> {
    const { authority, region, fingerprint } = want;
    const isKnown = () => this.#of(authority).find(region, fingerprint) !== undefined;
    if (isKnown()) return true;
    const question = `${authority} ${region} ${fingerprint}`;
    // Many chains of a region want the same key at the same time.
    const underWay = this.#underWay.get(question);
    if (underWay !== undefined) return underWay.then(isKnown);
    const last = this.#asked.get(question);
    if (last !== undefined && this.#clock.now() < last + againAfterMs) return false;
    const asking = this.#ask(want, source, look).finally(() => this.#underWay.delete(question));
    this.#underWay.set(question, asking);
    await asking;
    if (!isKnown()) this.#asked.set(question, this.#clock.now());
    return isKnown();
  }

  async #ask(
    { authority, region, fingerprint, from, to }: WantedKey,
    source: string,
    { reaching, signal }: Pick<Look, "reaching" | "signal">,
  ): Promise<void> {
    for await (const way of reaching.ways(source)) {
      if (way.authority !== authority) continue;
      const told = await keysToldBy(way, region, { from: from - beforeMs, to: to + behindMs }, signal);
      await this.#keep(told, authority);
      if (this.#of(authority).find(region, fingerprint) !== undefined) return;
    }
  }

  async #load(): Promise<void> {
    for (const row of await this.#table.keys()) this.#of(row.authority).add([keyOfRow(row)]);
  }

  #of(authority: string): Keys {
    const keys = this.#keys.get(authority) ?? new Keys();
    this.#keys.set(authority, keys);
    return keys;
  }

  async #keep(told: readonly PublicKey[], authority: string): Promise<void> {
    const keys = this.#of(authority);
    const unknown = told.filter(({ region, fingerprint }) => keys.find(region, fingerprint) === undefined);
    if (unknown.length === 0) return;
    const seenAt = this.#clock.now();
    await this.#table.putKeys(unknown.map((key) => rowOfKey(key, { authority, seenAt })));
    keys.add(unknown);
  }
}

/** Nobody, where AWS refuses or cannot be reached: others may know. */
async function keysToldBy(
  { aws }: SourceReach,
  region: string,
  span: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly PublicKey[]> {
  try {
    return await listPublicKeys(aws, region, span, signal);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
