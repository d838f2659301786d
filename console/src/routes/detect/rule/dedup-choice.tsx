import { ChoiceField } from "../../../parts/choice-field.tsx";
import { dedupOptions } from "./dedup-options.ts";

export interface DedupChoiceProps {
  /** How it is settled now, milliseconds; it may be none of those that are offered. */
  readonly settledMs: number;
  readonly dedupMs: number;
  readonly onPick: (dedupMs: number) => void;
}

/** How long what one actor does again is no finding of its own. */
export function DedupChoice({ settledMs, dedupMs, onPick }: DedupChoiceProps) {
  return (
    <ChoiceField
      title="Repeats belong to one finding"
      value={String(dedupMs)}
      options={dedupOptions(settledMs)}
      note="Matches of one actor within this time are one finding, not many"
      onPick={(key) => {
        onPick(Number(key));
      }}
    />
  );
}
