import assert from "node:assert/strict";
import { type AssembledCorrelation, assembleRules } from "../sigma/assemble.ts";
import { documentsOf, ruleText } from "../sigma/rule-text.fixture.ts";
import { Correlator } from "./correlator.ts";
import type { CorrelationHit, MatchedEvent } from "./matched-event.ts";

const rules = ["a", "b", "c"].map((name) => ruleText(`s:\n    kind: ${name}\ncondition: s`, `name: ${name}\n`));

/** A correlation of this name; `lines` stand in its correlation. */
export function correlation(name: string, ...lines: string[]): string {
  return `title: ${name}\nname: ${name}\ncorrelation:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** These correlations of the rules `a`, `b` and `c`. */
export function assembledOf(...correlations: string[]): readonly AssembledCorrelation[] {
  const assembly = assembleRules(documentsOf([...rules, ...correlations].join("---\n")));
  assert.deepEqual(assembly.refusals, []);
  return assembly.correlations;
}

export function correlatorOf(...correlations: string[]): Correlator {
  return new Correlator(assembledOf(...correlations));
}

let nextId = 0;

/** An event so many seconds after the beginning; its id follows those made before. */
export function event(kinds: string, seconds: number, record: object = { user: "bob" }): MatchedEvent {
  nextId += 1;
  return { id: `e${String(nextId).padStart(6, "0")}`, at: seconds * 1_000, record, rules: [...kinds] };
}

/** What is found in events in the order of their arrival, when no more come. */
export function run(correlator: Correlator, events: readonly MatchedEvent[]): readonly CorrelationHit[] {
  return [...events.flatMap((each) => correlator.take(each)), ...correlator.settle(Number.POSITIVE_INFINITY)];
}

/** When the hits' windows begin and end, and what they amount to. */
export function told(hits: readonly CorrelationHit[]): readonly string[] {
  return hits.map(
    ({ correlation: name, group, from, to, value }) =>
      `${name} ${group.join("+")} ${from / 1_000}-${to / 1_000} ${value}`,
  );
}

/** Three events of one user within a minute. */
export const three = correlation(
  "three",
  "type: event_count",
  "rules: [a]",
  "group-by: [user]",
  "timespan: 1m",
  "condition: {gte: 3}",
);
