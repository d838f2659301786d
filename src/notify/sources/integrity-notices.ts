import { z } from "zod";
import type { IntegrityFindingRow, IntegrityTable } from "../../state/index.ts";
import type { NoticeSource } from "../notice.ts";
import { sayIntegrity } from "../say/integrity.ts";

/** Findings that stand, by id, with when they were found: those that were told. */
const positionSchema = z.record(z.string(), z.number());
/** More open findings than that are one matter, which the newest of them tell. */
const openMax = 5_000;
const pageSize = 500;

/** Findings of verifying: told when they are found, and when they are settled. */
export function integrityNotices(integrity: Pick<IntegrityTable, "findings" | "getFinding">): NoticeSource {
  return {
    name: "integrity",
    async since(position, limit) {
      const read = positionSchema.safeParse(position);
      const told = new Map(read.success ? Object.entries(read.data) : []);
      const open = await openFindings(integrity);
      const standing = new Set(open.map(({ id }) => id));
      const found = open.filter(({ id, foundAt }) => told.get(id) !== foundAt);
      const gone = [...told.keys()].filter((id) => !standing.has(id));
      const notices = [];
      // The oldest first.
      for (const row of found.toReversed().slice(0, limit)) {
        notices.push(sayIntegrity(row));
        told.set(row.id, row.foundAt);
      }
      for (const id of gone.slice(0, Math.max(0, limit - notices.length))) {
        const row = await integrity.getFinding(id);
        if (row?.settledAt !== undefined) notices.push(sayIntegrity(row));
        // One that still stands is among too many to be looked at: it is not told as settled.
        told.delete(id);
      }
      return { notices, position: Object.fromEntries(told) };
    },
  };
}

async function openFindings(integrity: Pick<IntegrityTable, "findings">): Promise<IntegrityFindingRow[]> {
  const open: IntegrityFindingRow[] = [];
  for (let after: string | undefined; open.length < openMax;) {
    const page = await integrity.findings(
      { isOpen: true },
      { limit: pageSize, ...(after === undefined ? {} : { after }) },
    );
    open.push(...page);
    after = page.at(-1)?.id;
    if (page.length < pageSize) break;
  }
  return open;
}
