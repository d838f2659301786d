import { compileMatcher, type Matcher } from "../../predicate/index.ts";
import { recordTime } from "../../cloudtrail/index.ts";
import { Correlator } from "../correlate/correlator.ts";
import type { AssembledCorrelation, AssembledRule, Assembly } from "../sigma/assemble.ts";
import type { SigmaCorrelation, SigmaRule } from "../sigma/document.ts";
import { type ExampleLine, readExamples } from "./read-examples.ts";

/** The text of a file of examples by its name; undefined where there is none. */
export type ReadExampleFile = (name: string) => string | undefined;

/** How one rule did on its own examples. */
export interface RuleTest {
  readonly rule: SigmaRule | SigmaCorrelation;
  /** How many records each file held. */
  readonly match: number;
  readonly pass: number;
  /** Empty when all is as it should be. */
  readonly failures: readonly TestFailure[];
}

export interface TestFailure {
  readonly file: string;
  /** From 1; 0 when it is about the whole file. */
  readonly line: number;
  readonly reason: string;
}

/**
 * Tests every rule that fires for itself. A rule must fire on each line of its `match` file and on none of its `pass`
 * file; a correlation on all lines of the one taken together, and on those of the other not.
 */
export function testRules(assembly: Assembly, readFile: ReadExampleFile): readonly RuleTest[] {
  const rules = assembly.rules.filter(({ isAlone }) => isAlone).map((rule) => testRule(rule, readFile));
  const correlations = assembly.correlations.filter(({ isAlone }) => isAlone);
  return [...rules, ...correlations.map((each) => testCorrelation(each, assembly, readFile))];
}

function testRule({ rule, predicate }: AssembledRule, readFile: ReadExampleFile): RuleTest {
  const matches = compileMatcher(predicate);
  return testOn(rule, readFile, (lines, mustFire, file) =>
    lines.flatMap(({ line, record, text }) =>
      matches(record, text) === mustFire ? [] : [{ file, line, reason: mustFire ? "It does not fire" : "It fires" }],
    ),
  );
}

function testCorrelation(tested: AssembledCorrelation, assembly: Assembly, readFile: ReadExampleFile): RuleTest {
  const { correlation } = tested;
  const matchers = assembly.rules.map(({ rule, predicate }) => [rule.key, compileMatcher(predicate)] as const);
  return testOn(correlation, readFile, (lines, mustFire, file) => {
    const untimed = lines.find(({ record }) => recordTime(record) === undefined);
    if (untimed !== undefined) return [{ file, line: untimed.line, reason: "It has no eventTime to be ordered by" }];
    const fires = hitsOn(lines, assembly.correlations, matchers).has(correlation.key);
    if (fires === mustFire) return [];
    return [{ file, line: 0, reason: mustFire ? "It does not fire on these events" : "It fires on these events" }];
  });
}

function hitsOn(
  lines: readonly ExampleLine[],
  correlations: readonly AssembledCorrelation[],
  matchers: readonly (readonly [string, Matcher])[],
): ReadonlySet<string> {
  const correlator = new Correlator(correlations);
  const hits = lines.flatMap(({ line, record, text }) => {
    const id = typeof record["eventID"] === "string" ? record["eventID"] : `line ${line}`;
    const rules = matchers.flatMap(([key, matches]) => (matches(record, text) ? [key] : []));
    return correlator.take({ id, at: recordTime(record) ?? 0, record, rules });
  });
  return new Set([...hits, ...correlator.settle(Number.POSITIVE_INFINITY)].map(({ correlation }) => correlation));
}

type Check = (lines: readonly ExampleLine[], mustFire: boolean, file: string) => readonly TestFailure[];

function testOn(rule: SigmaRule | SigmaCorrelation, readFile: ReadExampleFile, check: Check): RuleTest {
  const { match, pass } = rule.own.tests;
  const [matching, passing] = [match, pass].map((file) => {
    const text = readFile(file);
    if (text === undefined) return { lines: [], failures: [{ file, line: 0, reason: "There is no such file" }] };
    return readExamples(text, file);
  });
  const checked = [
    ...(matching === undefined ? [] : check(matching.lines, true, match)),
    ...(passing === undefined ? [] : check(passing.lines, false, pass)),
  ];
  const unread = [...(matching?.failures ?? []), ...(passing?.failures ?? [])];
  // What a file lacks is said once: nothing fires on lines that are not there.
  const failures = unread.length > 0 ? [...unread, ...checked.filter(({ line }) => line > 0)] : checked;
  return { rule, match: matching?.lines.length ?? 0, pass: passing?.lines.length ?? 0, failures };
}
