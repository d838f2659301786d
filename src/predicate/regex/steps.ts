import type { CodeRange, Regex, RegexAssertion } from "./tree.ts";

/** One step of a compiled regular expression; the place behind the last one means a match. */
export type Step =
  | { readonly kind: "chars"; readonly ranges: readonly CodeRange[] }
  | { readonly kind: "assert"; readonly at: RegexAssertion }
  | { readonly kind: "fork"; readonly to: number[] };

/** Lays a regular expression out as steps (Thompson's construction). */
export function buildSteps(regex: Regex): readonly Step[] {
  const steps: Step[] = [];
  lay(regex, steps);
  return steps;
}

function lay(regex: Regex, steps: Step[]): void {
  switch (regex.kind) {
    case "chars":
    case "assert":
      steps.push(regex);
      return;
    case "sequence":
      for (const part of regex.of) {
        lay(part, steps);
      }
      return;
    case "choice":
      layChoice(regex.of, steps);
      return;
    case "repeat":
      layRepeat(regex.of, regex.min, regex.max, steps);
  }
}

function layChoice(branches: readonly Regex[], steps: Step[]): void {
  const start = fork(steps);
  const ends: number[][] = [];
  for (const branch of branches) {
    start.push(steps.length);
    lay(branch, steps);
    ends.push(fork(steps));
  }
  for (const end of ends) {
    end.push(steps.length);
  }
}

function layRepeat(of: Regex, min: number, max: number | undefined, steps: Step[]): void {
  for (let count = 0; count < min; count += 1) {
    lay(of, steps);
  }
  if (max === undefined) {
    const at = steps.length;
    const start = fork(steps);
    start.push(steps.length);
    lay(of, steps);
    fork(steps).push(at);
    start.push(steps.length);
    return;
  }
  const exits: number[][] = [];
  for (let count = min; count < max; count += 1) {
    const start = fork(steps);
    start.push(steps.length);
    exits.push(start);
    lay(of, steps);
  }
  for (const exit of exits) {
    exit.push(steps.length);
  }
}

function fork(steps: Step[]): number[] {
  const to: number[] = [];
  steps.push({ kind: "fork", to });
  return to;
}
