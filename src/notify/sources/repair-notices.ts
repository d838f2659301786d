import { z } from "zod";
import type { HistoryEntry } from "../../setup/index.ts";
import type { DeploymentTable } from "../../state/index.ts";
import type { NoticeSource } from "../notice.ts";
import { sayRepair } from "../say/repair.ts";

/** The last line of each deployment's history that was told; empty where there was none yet. */
const positionSchema = z.record(z.string(), z.string());
/** Lines looked at of one deployment at a time: those behind them happened while nobody told anything for long. */
const linesMax = 200;

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
        const lines = await deployments.history(name, { limit: linesMax });
        const fresh = lines.filter(({ id }) => id > last).toReversed();
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

const contentSchema = z.object({ deployment: z.object({ accountId: z.string() }) });

function accountOf(content: unknown): string {
  const read = contentSchema.safeParse(content);
  return read.success ? read.data.deployment.accountId : "";
}
