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

/** A source as people see it: its row, its figures, its ledger, and one sentence. */
export async function viewOf({ row, kind, state, watch, isBuiltIn, now }: ViewOptions): Promise<SourceView> {
  const { name, type, settings, createdAt, isPaused } = row;
  const figures = watch?.figures ?? (await state.sources.figures(name));
  const ledger = await state.ledger.totals({ source: name });
  const [problem] = ledger.failing === 0 ? [] : await state.ledger.failing(name, 1);
  const place = kind.place(settings);
  const facts = {
    isPaused,
    isRunning: watch !== undefined,
    place,
    quietAfterMs: kind.quietAfterMs(settings),
    figures,
    failing: { count: ledger.failing, problem: problem?.problem },
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
