import type { ProofStore, VerdictHour, VerdictSelection } from "../../store/index.ts";

const hourMs = 3_600_000;
/** Where the store cannot count them itself. */
const rowsMax = 200_000;

/** A store that counts digests by the hour that their windows end in, by verdict. */
export interface CountsDigests {
  digestHours(selection: VerdictSelection): Promise<VerdictHour[]>;
}

/** Digests of each hour, account and region, by verdict. */
export async function digestHoursOf(
  proofs: ProofStore & Partial<CountsDigests>,
  selection: VerdictSelection,
): Promise<readonly VerdictHour[]> {
  if (proofs.digestHours !== undefined) return proofs.digestHours(selection);
  const hours = new Map<string, VerdictHour & { counts: Record<string, number> }>();
  for (const { accountId, region, endsAt, verdict } of await proofs.digestVerdicts(selection, rowsMax)) {
    const hour = endsAt - (endsAt % hourMs);
    const id = `${accountId} ${region} ${hour}`;
    const known = hours.get(id) ?? { accountId, region, hour, counts: {} };
    known.counts[verdict] = (known.counts[verdict] ?? 0) + 1;
    hours.set(id, known);
  }
  return [...hours.values()];
}
