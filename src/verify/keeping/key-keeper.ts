import type { Clock } from "../../base/clock.ts";
import type { SourceReach } from "../../collect/index.ts";
import type { IntegrityTable } from "../../state/index.ts";
import type { KeyBook, PublicKey } from "../digests/digest-object.ts";
import { Keys, publicKeyOf } from "../digests/public-keys.ts";
import type { Reaching } from "./reaching.ts";

/** A question that failed is asked again after so long. */
const againAfterMs = 3_600_000;
/** As the AWS CLI asks: a digest is signed a little after its window. */
const [beforeMs, behindMs] = [3_600_000, 2 * 3_600_000];
/** A region has a key a month; whoever answers with more than that is not AWS. */
const keysMax = 1_000;

/** Every public key that was ever seen, and asking for those that are not known. */
export class KeyKeeper {
  readonly #table: IntegrityTable;
  readonly #clock: Clock;
  readonly #keys = new Keys();
  /** When a region was asked for a span in vain. */
  readonly #asked = new Map<string, number>();
  #loading: Promise<void> | undefined;

  constructor(table: IntegrityTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  get book(): KeyBook {
    return this.#keys;
  }

  async load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Asks for a key that signed digests of a span; true when it is known then. */
  async ask(
    want: { readonly region: string; readonly fingerprint: string; readonly from: number; readonly to: number },
    source: string,
    { reaching, signal }: { readonly reaching: Reaching; readonly signal: AbortSignal },
  ): Promise<boolean> {
    const { region, fingerprint, from, to } = want;
    if (this.#keys.find(region, fingerprint) !== undefined) return true;
    const question = `${region} ${fingerprint}`;
    const last = this.#asked.get(question);
    if (last !== undefined && this.#clock.now() < last + againAfterMs) return false;
    this.#asked.set(question, this.#clock.now());
    for await (const way of reaching.ways(source)) {
      const told = await keysToldBy(way, region, { from: from - beforeMs, to: to + behindMs }, signal);
      await this.#keep(told, way.source);
      if (this.#keys.find(region, fingerprint) === undefined) continue;
      this.#asked.delete(question);
      return true;
    }
    return false;
  }

  async #load(): Promise<void> {
    const rows = await this.#table.keys();
    this.#keys.add(rows.map(({ value, ...row }) => publicKeyOf({ ...row, der: Buffer.from(value, "base64") })));
  }

  async #keep(told: readonly PublicKey[], toldBy: string): Promise<void> {
    const unknown = told.filter(({ region, fingerprint }) => this.#keys.find(region, fingerprint) === undefined);
    if (unknown.length === 0) return;
    const seenAt = this.#clock.now();
    await this.#table.putKeys(
      unknown.map(({ region, fingerprint, der, validFrom, validTo }) => ({
        ...{ region, fingerprint, validFrom, validTo, seenAt, toldBy },
        value: Buffer.from(der).toString("base64"),
      })),
    );
    this.#keys.add(unknown);
  }
}

/** Nobody, where AWS refuses or cannot be reached: others may know. */
async function keysToldBy(
  way: SourceReach,
  region: string,
  span: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly PublicKey[]> {
  try {
    const client = await way.aws.client("cloudtrail", region);
    const [StartTime, EndTime] = [new Date(span.from), new Date(span.to)];
    const { PublicKeyList = [] } = await client.call("ListPublicKeys", { StartTime, EndTime }, { signal });
    return PublicKeyList.slice(0, keysMax).flatMap(({ Value, ValidityStartTime, ValidityEndTime }) => {
      const [validFrom, validTo] = [ValidityStartTime?.getTime() ?? 0, ValidityEndTime?.getTime() ?? 0];
      return Value === undefined ? [] : [publicKeyOf({ region, der: Value, validFrom, validTo })];
    });
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
