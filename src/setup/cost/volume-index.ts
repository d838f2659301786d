import type { DeliveredFiles, VolumeCell, Volumes } from "./volumes.ts";

/** Volumes by where they are: an organization's are asked for account by account and region by region. */
export interface VolumeIndex {
  cellsAt(accountId: string, region: string): readonly VolumeCell[];
  deliveredAt(accountId: string, region: string): readonly DeliveredFiles[];
  /** Regions of an account in which something happened. */
  regionsOf(accountId: string): readonly string[];
}

const indexes = new WeakMap<Volumes, VolumeIndex>();

/** The same for the same volumes. */
export function volumeIndex(volumes: Volumes): VolumeIndex {
  const known = indexes.get(volumes);
  if (known !== undefined) return known;
  const placeOf = ({ accountId, region }: { readonly accountId: string; readonly region: string }) =>
    `${accountId} ${region}`;
  const cells = Map.groupBy(volumes.cells, placeOf);
  const delivered = Map.groupBy(volumes.delivered, placeOf);
  const byAccount = Map.groupBy(volumes.cells, ({ accountId }) => accountId);
  const regions = new Map(
    [...byAccount].map(([accountId, of]) => [accountId, [...new Set(of.map(({ region }) => region))]]),
  );
  const made: VolumeIndex = {
    cellsAt: (accountId, region) => cells.get(placeOf({ accountId, region })) ?? [],
    deliveredAt: (accountId, region) => delivered.get(placeOf({ accountId, region })) ?? [],
    regionsOf: (accountId) => regions.get(accountId) ?? [],
  };
  indexes.set(volumes, made);
  return made;
}
