import type { SourceRow, State } from "../../state/index.ts";
import type { SourceKind } from "../sources/source.ts";
import type { SourceView } from "./collector.ts";
import type { SourceWatch } from "./source-watch.ts";
import { statusOf } from "./status.ts";

export interface ViewOptions {
  readonly row: SourceRow;
  readonly kind: SourceKind;
  readonly state: State;
  /** Of a source that this process collects from. */
  readonly watch: SourceWatch | undefined;
  readonly isBuiltIn: boolean;
  readonly now: number;
}

/** Of so many, the longest due, one is found whose reason is told. */
const failingLookedAt = 50;

/** A source as people see it: its row, its figures, its ledger, and one sentence. */
export async function viewOf({ row, kind, state, watch, isBuiltIn, now }: ViewOptions): Promise<SourceView> {
  const { name, type, settings, createdAt, isPaused } = row;
  const figures = watch?.figures ?? (await state.sources.figures(name));
  const ledger = await state.ledger.totals({ source: name });
  const isFailing = ledger.failing > 0 || ledger.digests.failing > 0;
  const failing = isFailing ? await state.ledger.failing(name, failingLookedAt) : [];
  const place = kind.place(settings);
  const facts = {
    isPaused,
    isRunning: watch !== undefined,
    place,
    quietAfterMs: kind.quietAfterMs(settings),
    figures,
    failing: { count: ledger.failing, problem: failing.find((entry) => entry.kind !== "digest")?.problem },
    failingDigests: {
      count: ledger.digests.failing,
      problem: failing.find((entry) => entry.kind === "digest")?.problem,
    },
    troubles: watch?.troubles ?? [],
    hint: watch?.hintNow,
  };
  return {
    name,
    type,
    place,
    settings,
    createdAt,
    ...statusOf(facts, now),
    figures,
    lagMs: watch?.lagMs,
    eventsPerMinute: watch?.eventsPerMinute() ?? 0,
    progress: watch?.progressNow,
    lookedAt: watch?.lookedAt,
    setAside: await state.sources.asideCount(name),
    ledger,
    isBuiltIn,
  };
}
