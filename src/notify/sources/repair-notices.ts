import { z } from "zod";
import type { HistoryEntry } from "../../setup/index.ts";
import type { DeploymentTable, HistoryRow } from "../../state/index.ts";
import type { NoticeSource } from "../notice.ts";
import { sayRepair } from "../say/repair.ts";

/** The last line of each deployment's history that was told; empty where there was none yet. */
const positionSchema = z.record(z.string(), z.string());
const pageSize = 100;
/** More lines than that are told by the newest of them. */
const linesMax = 2_000;

/** What happens to the way of log files: changes, repairs, and what waits for a person. */
export function repairNotices(deployments: Pick<DeploymentTable, "list" | "history">): NoticeSource {
  return {
    name: "repairs",
    async since(position) {
      const read = positionSchema.safeParse(position);
      const known = read.success ? read.data : {};
      const next: Record<string, string> = {};
      const notices = [];
      for (const { name, content } of await deployments.list()) {
        const last = known[name] ?? "";
        const fresh = await linesBehind(deployments, name, last);
        for (const line of fresh) {
          // Set-up alone writes the history, in this shape.
          const notice = sayRepair(name, accountOf(content), line.content as HistoryEntry);
          if (notice !== undefined) notices.push(notice);
        }
        next[name] = fresh.at(-1)?.id ?? last;
      }
      return { notices: notices.toSorted((a, b) => a.at - b.at), position: next };
    },
  };
}

/** What was written behind a line, the oldest first; of one that nobody was told of yet the newest page. */
async function linesBehind(
  deployments: Pick<DeploymentTable, "history">,
  name: string,
  last: string,
): Promise<HistoryRow[]> {
  const lines: HistoryRow[] = [];
  for (let before: string | undefined; lines.length < linesMax;) {
    const page = await deployments.history(name, { limit: pageSize, ...(before === undefined ? {} : { before }) });
    const fresh = page.filter(({ id }) => id > last);
    lines.push(...fresh);
    before = page.at(-1)?.id;
    if (last === "" || fresh.length < pageSize) break;
  }
  return lines.toReversed();
}

const contentSchema = z.object({ deployment: z.object({ accountId: z.string() }) });

function accountOf(content: unknown): string {
  const read = contentSchema.safeParse(content);
  return read.success ? read.data.deployment.accountId : "";
}
