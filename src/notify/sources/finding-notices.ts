import type { FindingTable } from "../../state/index.ts";
import type { NoticeSource } from "../notice.ts";
import { sayFinding } from "../say/finding.ts";

/** Findings of rules that ask for a notification and nothing else, each once, however it grows. */
export function findingNotices(findings: Pick<FindingTable, "changedSince">): NoticeSource {
  return {
    name: "findings",
    async since(position, limit) {
      const after = typeof position === "number" ? position : 0;
      const rows = await findings.changedSince(after, limit);
      const told = rows.filter(
        ({ outcome, isStaged, mergedInto }) => outcome === "notification" && !isStaged && mergedInto === undefined,
      );
      return { notices: told.map(sayFinding), position: rows.at(-1)?.changed ?? after };
    },
  };
}
