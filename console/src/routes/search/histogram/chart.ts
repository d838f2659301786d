import uPlot from "uplot";
import type { Zone } from "../../../parts/instants.ts";
import { formatShort } from "../../../parts/numbers.ts";
import type { HistogramState } from "../use-histogram.ts";

/** Colours as the style sheet has them now; the canvas cannot read custom properties by itself. */
function readColors(element: HTMLElement): { fine: string; bad: string; axis: string; grid: string } {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    fine: read("--tw-bar-fine"),
    bad: read("--tw-bar-bad"),
    axis: read("--tw-text-faint"),
    grid: read("--tw-line"),
  };
  probe.remove();
  return colors;
}

export interface ChartHandlers {
  readonly onZoom: (fromSeconds: number, toSeconds: number) => void;
  readonly onHover: (index: number | undefined, left: number) => void;
}

export function dataOf(state: HistogramState): uPlot.AlignedData {
  return [[...state.at], [...state.counts], [...state.errors]];
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Axis words for one tick: year, month or day where the step is as long or the day begins, else the time of day. */
function tickText(date: Date, stepSeconds: number): string {
  const day = `${String(date.getDate())} ${months[date.getMonth()] ?? ""}`;
  if (stepSeconds >= 360 * 86_400) return String(date.getFullYear());
  if (stepSeconds >= 27 * 86_400) return `${months[date.getMonth()] ?? ""} ${String(date.getFullYear())}`;
  if (stepSeconds >= 86_400) return day;
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (stepSeconds < 60) return `${clock}:${pad(date.getSeconds())}`;
  return clock === "00:00" ? day : clock;
}

/** Draws all answers as bars and, in front of them from the same ground line, the failed ones. */
export function drawChart(
  element: HTMLElement,
  state: HistogramState,
  zone: Zone,
  size: { readonly width: number; readonly height: number },
  handlers: ChartHandlers,
): uPlot {
  const colors = readColors(element);
  const inZone = (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), zone === "utc" ? "Etc/UTC" : localZone);
  // Bars begin where their bucket begins (align 1) and leave a hair between them.
  const bars = uPlot.paths.bars?.({ size: [0.86, 48, 1], align: 1, gap: 0 });
  const series = (color: string) => ({
    fill: color,
    width: 0,
    points: { show: false },
    ...(bars === undefined ? {} : { paths: bars }),
  });
  const options: uPlot.Options = {
    ...size,
    padding: [6, 26, 0, 0],
    legend: { show: false },
    tzDate: inZone,
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: { dblclick: () => null },
    },
    scales: {
      x: {
        time: true,
        range: () => [state.at[0] ?? state.from, (state.at.at(-1) ?? state.to) + state.intervalSeconds],
      },
      y: { range: (_, __, max) => [0, Math.max(1, max)] },
    },
    series: [{}, series(colors.fine), series(colors.bad)],
    axes: [
      {
        stroke: colors.axis,
        font: "11px system-ui",
        size: 28,
        gap: 6,
        space: 76,
        grid: { show: false },
        ticks: { show: false },
        values: (_, splits, __, ___, step) => splits.map((split) => tickText(inZone(split), step)),
      },
      {
        stroke: colors.axis,
        font: "11px system-ui",
        size: 48,
        gap: 4,
        space: 28,
        grid: { stroke: colors.grid, width: 1 },
        ticks: { show: false },
        incrs: [
          1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 5e7, 1e8,
        ],
        values: (_, splits) => splits.map((split) => formatShort(split)),
      },
    ],
    hooks: {
      setCursor: [
        (chart) => {
          const left = chart.cursor.left ?? -1;
          if (left < 0) handlers.onHover(undefined, 0);
          else handlers.onHover(indexAt(state, chart.posToVal(left, "x")), left + chart.bbox.left / devicePixelRatio);
        },
      ],
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          if (width >= 4) handlers.onZoom(chart.posToVal(left, "x"), chart.posToVal(left + width, "x"));
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  return new uPlot(options, dataOf(state), element);
}

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function indexAt(state: HistogramState, seconds: number): number | undefined {
  const index = Math.floor((seconds - (state.at[0] ?? 0)) / state.intervalSeconds);
  return index >= 0 && index < state.at.length ? index : undefined;
}
