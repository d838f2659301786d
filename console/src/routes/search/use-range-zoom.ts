import { useState } from "react";
import type { SearchControl } from "./search-state.ts";
import type { HistogramState } from "./use-histogram.ts";

export interface RangeZoom {
  readonly zoomIn: (from: string, to: string) => void;
  /** Absent when everything is in sight already. */
  readonly zoomOut: (() => void) | undefined;
}

interface Span {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Into a part of the time line and back out the same way; without a way back, out to four times the width. */
export function useRangeZoom(control: SearchControl, histogram: HistogramState): RangeZoom {
  const [trail, setTrail] = useState<readonly { readonly before: Span; readonly after: Span }[]>([]);
  const { from, to } = control.question;
  const last = trail.at(-1);
  function zoomOut(): void {
    if (last !== undefined && last.after.from === from && last.after.to === to) {
      setTrail(trail.slice(0, -1));
      control.ask(last.before);
      return;
    }
    setTrail([]);
    const width = histogram.to - histogram.from;
    if (to === undefined || width <= 0) {
      control.ask({ from: undefined, to: undefined });
      return;
    }
    const toIso = (seconds: number) => new Date(seconds * 1000).toISOString();
    control.ask({ from: toIso(histogram.from - 1.5 * width), to: toIso(histogram.to + 1.5 * width) });
  }
  return {
    zoomIn: (nextFrom, nextTo) => {
      setTrail([...trail, { before: { from, to }, after: { from: nextFrom, to: nextTo } }].slice(-20));
      control.ask({ from: nextFrom, to: nextTo });
    },
    zoomOut: from === undefined && to === undefined ? undefined : zoomOut,
  };
}
