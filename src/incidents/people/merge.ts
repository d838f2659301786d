import type { IncidentRow, IncidentWrite } from "../../state/index.ts";
import { refused } from "../errors.ts";
import { Draft } from "../grouping/draft.ts";
import type { IncidentOptions } from "../options.ts";
import { nameOf } from "../stored.ts";
import { finish, mergedLines } from "../taking/finish.ts";

type MergeOptions = Pick<IncidentOptions, "table" | "findings" | "clock">;

const othersMax = 100;

/** What a person's merge writes: the first takes the others in, whoever is older. */
export async function merged(
  ask: { readonly into: IncidentRow; readonly others: readonly IncidentRow[]; readonly by: string },
  options: MergeOptions,
): Promise<IncidentWrite> {
  const { into, others, by } = ask;
  refuseMerge(into, others);
  const draft = new Draft({ row: into });
  for (const row of others) {
    const other = new Draft({ row });
    // Together again, by the word of a person.
    for (const id of other.ids) draft.apart.delete(id);
    draft.takeIn(other);
    for (const id of draft.ids) draft.apart.delete(id);
  }
  const { history: _, ...finished } = await finish([draft], options);
  const [row = into] = finished.incidents;
  const at = options.clock.now();
  return { ...finished, history: others.flatMap((other) => mergedLines(other, row, { at, by })) };
}

function refuseMerge(into: IncidentRow, others: readonly IncidentRow[]): void {
  if (others.length === 0) throw refused("Nothing is named that is to become a part", "Name one incident or more");
  if (others.length > othersMax)
    throw refused(`At most ${othersMax} are merged at once`, "Merge fewer, and the rest then");
  if (others.some(({ id }) => id === into.id)) {
    throw refused(`${nameOf(into)} cannot become a part of itself`, "Name other incidents");
  }
  for (const row of [into, ...others]) {
    if (row.mergedInto !== undefined) {
      throw refused(`${nameOf(row)} became a part of another incident`, "Name that one");
    }
  }
  if (into.state === "closed")
    throw refused(`${nameOf(into)} is closed`, "Reopen it first, or merge into one that is open");
}
