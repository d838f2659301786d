import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Collection, type LastingState, keyOf } from "../../base/lasting.ts";
import { type Parcel, parcelKey } from "./parcel.ts";

/** What was given up on, by trail and kind. */
export interface Dropped {
  readonly trailArn: string;
  readonly kind: Parcel["kind"];
  readonly count: number;
  readonly latestAt: number;
  readonly latestReason: string;
}

/** Opens the outbox; bodies that a killed process wrote and then did not decide on are removed. */
export async function openOutbox(state: LastingState, folder: string): Promise<Outbox> {
  const outbox = new Outbox(state, folder);
  await outbox.removeStrays();
  return outbox;
}

/** Parcels that have not arrived yet. Their rows are in the state, their bodies in files beside it. */
export class Outbox {
  readonly #state: LastingState;
  readonly #folder: string;
  readonly #parcels: Collection<Parcel>;
  readonly #dropped: Collection<Dropped>;

  constructor(state: LastingState, folder: string) {
    this.#state = state;
    this.#folder = folder;
    this.#parcels = state.collection<Parcel>("recorder/parcels");
    this.#dropped = state.collection<Dropped>("recorder/dropped-parcels");
  }

  get size(): number {
    return this.#parcels.size;
  }

  /** Those of a trail, of one kind, and of one lane where account and region are given; the oldest first. */
  list(trailArn: string, kind: Parcel["kind"], accountId?: string, region?: string): readonly Parcel[] {
    const lane = accountId === undefined || region === undefined ? [] : [accountId, region];
    return [...this.#parcels.values(keyOf(trailArn, kind, ...lane, ""))];
  }

  /** The trails that parcels wait for. */
  trailArns(): ReadonlySet<string> {
    return new Set([...this.#parcels.values()].map(({ destination }) => destination.trailArn));
  }

  dropped(): readonly Dropped[] {
    return [...this.#dropped.values()];
  }

  /** Writes what a parcel carries; it counts only when `put` names it. */
  async writeBody(id: string, body: Uint8Array): Promise<void> {
    await writeFile(this.#path(id), body);
  }

  readBody(parcel: Parcel): Promise<Buffer> {
    return readFile(this.#path(parcel.id));
  }

  put(parcel: Parcel): void {
    this.#parcels.put(parcelKey(parcel), parcel);
  }

  /** The parcel has arrived, and `also` follows from that; both or neither. */
  async finish(parcel: Parcel, also: () => void): Promise<void> {
    this.#state.together(() => {
      this.#parcels.delete(parcelKey(parcel));
      also();
    });
    await rm(this.#path(parcel.id), { force: true });
  }

  /** The parcel is given up on, and counted. */
  async drop(parcel: Parcel, at: number, reason: string): Promise<void> {
    await this.finish(parcel, () => {
      const { trailArn } = parcel.destination;
      const key = keyOf(trailArn, parcel.kind);
      const count = (this.#dropped.get(key)?.count ?? 0) + 1;
      this.#dropped.put(key, { trailArn, kind: parcel.kind, count, latestAt: at, latestReason: reason });
    });
  }

  async removeStrays(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const known = new Set([...this.#parcels.values()].map(({ id }) => id));
    for (const name of await readdir(this.#folder)) {
      if (!known.has(name)) await rm(join(this.#folder, name), { force: true });
    }
  }

  /** Ids are hexadecimal digits that we made: a name of somebody's never becomes a path. */
  #path(id: string): string {
    return join(this.#folder, id);
  }
}
