import type { FindingRow } from "../../state/index.ts";
import type { IncidentOptions } from "../options.ts";

/** A finding became a part of one that became a part of another, and so on. */
const stepsMax = 20;

/** Findings that became parts of others, each with what it is a part of in the end, and those others. */
export async function joinMerged(
  rows: readonly FindingRow[],
  { findings, table }: Pick<IncidentOptions, "findings" | "table">,
): Promise<{
  readonly into: readonly { readonly from: string; readonly into: string }[];
  readonly targets: readonly FindingRow[];
}> {
  const merged = rows.filter(({ mergedInto }) => mergedInto !== undefined);
  const own = await table.incidentOf(merged.map(({ id }) => id));
  const into: { from: string; into: string }[] = [];
  const targets = new Map<string, FindingRow>();
  for (const { id, mergedInto } of merged) {
    if (!own.has(id)) continue;
    let target = mergedInto === undefined ? undefined : await findings.get(mergedInto);
    for (let step = 0; step < stepsMax && target?.mergedInto !== undefined; step += 1) {
      target = await findings.get(target.mergedInto);
    }
    if (target === undefined) continue;
    into.push({ from: id, into: target.id });
    targets.set(target.id, target);
  }
  return { into, targets: [...targets.values()] };
}
