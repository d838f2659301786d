import { z } from "zod";
import type { Clock } from "../../base/clock.ts";
import type { Collector, SourceView } from "../../collect/index.ts";
import type { Notice, NoticeSource } from "../notice.ts";
import { sayUnwell, sayWell, type SourceHealth } from "../say/health.ts";

/** Sources that are not well: since when, and whether anybody was told. */
const positionSchema = z.record(
  z.string(),
  z.object({ since: z.number(), isTold: z.boolean(), place: z.string(), isFailing: z.boolean() }),
);
type Unwell = z.infer<typeof positionSchema>[string];

/** What passes by itself within this time is told to nobody. */
const patienceMs = 10 * 60_000;

/** Sources of log files that fail or have fallen quiet for longer than ten minutes, and when they are well again. */
export function healthNotices(collector: Pick<Collector, "list">, clock: Clock): NoticeSource {
  return {
    name: "health",
    async since(position) {
      const read = positionSchema.safeParse(position);
      const known = new Map(Object.entries(read.success ? read.data : {}));
      const now = clock.now();
      const notices: Notice[] = [];
      const next = new Map<string, Unwell>();
      for (const view of await collector.list()) {
        const before = known.get(view.name);
        known.delete(view.name);
        const isFailing = view.status === "failing";
        if (!isFailing && view.status !== "quiet") {
          if (before?.isTold === true) notices.push(sayWell(healthOf(view), before.since, now));
          continue;
        }
        // Quiet that turns into failing is told anew: it is another matter, and worse.
        const isSame = before !== undefined && (before.isFailing || !isFailing);
        const since = isSame ? before.since : now;
        const isDue = now - since >= patienceMs;
        if (isDue && !(isSame && before.isTold)) notices.push(sayUnwell(healthOf(view), since, now));
        const wasFailing = isSame ? before.isFailing : isFailing;
        next.set(view.name, { since, isTold: isDue, place: view.place, isFailing: wasFailing });
      }
      for (const [name, gone] of known) if (gone.isTold) notices.push(removed(name, gone, now));
      return { notices, position: Object.fromEntries(next) };
    },
  };
}

function healthOf({ name, place, status, sentence, help, settings }: SourceView): SourceHealth {
  const { accountId } = settings;
  const accountIds = typeof accountId === "string" ? [accountId] : [];
  return { name, place, isFailing: status === "failing", sentence, help: help ?? "", accountIds };
}

function removed(name: string, { since, place }: Unwell, now: number): Notice {
  const health = { name, place, isFailing: false, sentence: "It was removed.", help: "", accountIds: [] };
  return { ...sayWell(health, since, now), title: `The source ${name} was removed` };
}
