import { rounded } from "./quantiles.ts";
import type { Stage } from "./stage.ts";

/** One goal: the named number of the figure's line is at least, or at most, so much. */
export type Target =
  | { readonly of: string; readonly atLeast: number }
  | { readonly of: string; readonly atMost: number };

export interface Measured {
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with, measured in the same run. */
  readonly yardstick: string;
  readonly yardstickValue: number;
  /** How many times the yardstick's value this is; for durations, how many times quicker. */
  readonly ratio: number;
  /** Further numbers and remarks, printed as they are. */
  readonly extra?: Readonly<Record<string, Extra>>;
}

export type Extra = number | string | boolean | readonly number[] | undefined;

/** One measurement that README quotes. */
export interface Figure {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The first is the one that the line calls `target`; none for a figure that is only told. */
  readonly target: readonly Target[];
  run(stage: Stage): Promise<Measured>;
}

/** Declares a figure; `figures/index.ts` lists it. */
export function defineFigure(figure: Figure): Figure {
  return figure;
}

export type FigureLine = Readonly<Record<string, Extra>>;

/** The line of a figure as it is printed: value, yardstick, goal, and whether every goal is met. */
export function figureLine(figure: Figure, measured: Measured, run: FigureLine): FigureLine {
  const numbers = { ...measured.extra, value: measured.value, ratio: measured.ratio };
  const [first, ...others] = figure.target;
  return tidy({
    figure: figure.name,
    value: measured.value,
    unit: measured.unit,
    yardstick: measured.yardstick,
    yardstickValue: measured.yardstickValue,
    ratio: measured.ratio,
    ...(first === undefined ? {} : { target: limitOf(first), targetOf: first.of, targetIs: directionOf(first) }),
    ...Object.fromEntries(others.map((target) => [`${target.of}Target`, limitOf(target)])),
    met: first === undefined ? undefined : figure.target.every((target) => isMet(target, numbers)),
    ...run,
    ...measured.extra,
  });
}

/** A goal whose number could not be measured is not met. */
function isMet(target: Target, numbers: Readonly<Record<string, Extra>>): boolean {
  const number = numbers[target.of];
  if (typeof number !== "number") return false;
  return "atLeast" in target ? number >= target.atLeast : number <= target.atMost;
}

function limitOf(target: Target): number {
  return "atLeast" in target ? target.atLeast : target.atMost;
}

function directionOf(target: Target): string {
  return "atLeast" in target ? "at least" : "at most";
}

function tidy(line: FigureLine): FigureLine {
  return Object.fromEntries(
    Object.entries(line)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, tidyValue(value)]),
  );
}

function tidyValue(value: Extra): Extra {
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === "number" && !Number.isInteger(value) ? rounded(value) : value;
}
