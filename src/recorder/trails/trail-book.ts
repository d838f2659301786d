import { type Collection, type LastingState, keyOf } from "../../base/lasting.ts";
import { type Outlets } from "../outlets.ts";
import { type Trail, type TrailBook, type TrailChange, type TrailStatus } from "../trail.ts";

/** The trails as the API changes them. */
export interface WritableTrailBook extends TrailBook {
  /** Writes a trail down, new or changed, together with what `alongside` writes, and tells of it. */
  put(kind: Exclude<TrailChange["kind"], "deleted">, trail: Trail, at: number, alongside?: () => void): void;
  delete(trail: Trail, at: number, alongside?: () => void): void;
  /** Trails that an account owns, in the order of their ARNs. */
  ownedBy(accountId: string): readonly Trail[];
}

/** The trails that `state` keeps. Of `outlets` it wants only which organization an account is in. */
export function openTrailBook(state: LastingState, outlets: Pick<Outlets, "organizationOf">): WritableTrailBook {
  return new StoredTrailBook(state, outlets);
}

class StoredTrailBook implements WritableTrailBook {
  readonly #state: LastingState;
  readonly #outlets: Pick<Outlets, "organizationOf">;
  readonly #trails: Collection<Trail>;
  readonly #statuses: Collection<TrailStatus>;
  readonly #listeners = new Set<(change: TrailChange) => void>();

  constructor(state: LastingState, outlets: Pick<Outlets, "organizationOf">) {
    this.#state = state;
    this.#outlets = outlets;
    this.#trails = state.collection("cloudtrail/trails");
    this.#statuses = state.collection("cloudtrail/trail-statuses");
  }

  all(): readonly Trail[] {
    return [...this.#trails.values()];
  }

  get(arn: string): Trail | undefined {
    return this.#trails.get(arn);
  }

  ownedBy(accountId: string): readonly Trail[] {
    return this.all().filter(({ ownerId }) => ownerId === accountId);
  }

  async trailsFor(accountId: string, region: string): Promise<readonly Trail[]> {
    const here = this.all().filter((trail) => trail.isMultiRegion || trail.homeRegion === region);
    const mayBeShared = here.some(
      ({ organizationId, ownerId }) => organizationId !== undefined && ownerId !== accountId,
    );
    const organization = mayBeShared ? await this.#outlets.organizationOf(accountId) : undefined;
    return here.filter(
      ({ ownerId, organizationId }) =>
        ownerId === accountId || (organizationId !== undefined && organizationId === organization?.id),
    );
  }

  status(arn: string, region: string): TrailStatus {
    return this.#statuses.get(keyOf(arn, region)) ?? {};
  }

  noteStatus(arn: string, region: string, change: TrailStatus): void {
    if (!this.#trails.has(arn)) return;
    const key = keyOf(arn, region);
    this.#statuses.put(key, { ...this.#statuses.get(key), ...change });
  }

  put(kind: Exclude<TrailChange["kind"], "deleted">, trail: Trail, at: number, alongside = () => {}): void {
    const before = this.#trails.get(trail.arn);
    this.#state.together(() => {
      alongside();
      this.#trails.put(trail.arn, trail);
    });
    this.#tell({ kind, trail, ...(before === undefined ? {} : { before }), at });
  }

  delete(trail: Trail, at: number, alongside = () => {}): void {
    this.#state.together(() => {
      alongside();
      this.#trails.delete(trail.arn);
      for (const [key] of [...this.#statuses.entries(keyOf(trail.arn, ""))]) this.#statuses.delete(key);
    });
    this.#tell({ kind: "deleted", trail, before: trail, at });
  }

  onChange(listener: (change: TrailChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: TrailChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
