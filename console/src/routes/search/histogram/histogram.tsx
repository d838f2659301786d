import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import type uPlot from "uplot";
import { formatInstant, formatSpan } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { countOf, formatNumber } from "../../../parts/numbers.ts";
import type { HistogramState } from "../use-histogram.ts";
import { dataOf, drawChart } from "./chart.ts";
import classes from "./histogram.module.css";

const height = 104;

export interface HistogramProps {
  readonly state: HistogramState;
  readonly zone: Zone;
  readonly onZoom: (from: string, to: string) => void;
  readonly onZoomOut: () => void;
}

/** How many answers there are over time; drag over a span to look into it, double-click to come back. */
export function Histogram({ state, zone, onZoom, onZoomOut }: HistogramProps) {
  const scheme = useComputedColorScheme();
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const latest = useRef({ state, onZoom });
  const [hover, setHover] = useState<{ index: number; left: number }>();
  useEffect(() => {
    latest.current = { state, onZoom };
  });

  // A new frame of buckets, another zone, theme or width draws afresh; counts that come in only replace the data.
  const shape = `${String(state.at[0])} ${String(state.at.length)} ${String(state.intervalSeconds)}`;
  useEffect(() => {
    const element = canvas.current;
    if (element === null || width < 40 || latest.current.state.at.length === 0) return;
    const drawn = drawChart(
      element,
      latest.current.state,
      zone,
      { width, height },
      {
        onZoom: (from, to) => {
          latest.current.onZoom(toIso(from), toIso(to));
        },
        onHover: (index, left) => {
          setHover(index === undefined ? undefined : { index, left });
        },
      },
    );
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.destroy();
    };
  }, [shape, zone, scheme, width]);
  useEffect(() => {
    if (state.at.length > 0) chart.current?.setData(dataOf(state));
  }, [state]);

  const progress = state.total === 0 ? 0 : Math.min(1, state.scanned / state.total);
  return (
    <div
      className={classes["histogram"]}
      ref={frame}
      role="img"
      aria-label={`Events over time: ${countOf(state.found, "event")}, ${countOf(sum(state.errors), "error")}`}
      onDoubleClick={onZoomOut}
    >
      <div className={classes["progress"]} data-shown={state.status === "counting"} aria-hidden="true">
        <div style={{ transform: `scaleX(${String(progress)})` }} />
      </div>
      <div ref={canvas} style={{ height }} />
      {hover === undefined ? null : <Hint state={state} zone={zone} hover={hover} width={width} />}
    </div>
  );
}

interface HintProps {
  readonly state: HistogramState;
  readonly zone: Zone;
  readonly hover: { readonly index: number; readonly left: number };
  readonly width: number;
}

function Hint({ state, zone, hover, width }: HintProps) {
  const at = state.at[hover.index];
  if (at === undefined) return null;
  const count = state.counts[hover.index] ?? 0;
  const errors = state.errors[hover.index] ?? 0;
  const isRight = hover.left > width - 260;
  return (
    <div className={classes["hint"]} style={isRight ? { right: width - hover.left + 12 } : { left: hover.left + 12 }}>
      <div className={classes["when"]}>
        {formatInstant(toIso(at), zone)} · {formatSpan(state.intervalSeconds)}
      </div>
      <div>
        <i data-kind="fine" /> {countOf(count, "event")}
      </div>
      <div>
        <i data-kind="bad" /> {formatNumber(errors)} of them {errors === 1 ? "an error" : "errors"}
      </div>
    </div>
  );
}

function toIso(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
