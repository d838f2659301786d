import { SteppedClock } from "../../base/clock.ts";
import type { Actor } from "../../lineage/index.ts";
import { makeEventId, makeRecord } from "../../../test/fixtures/made-record.ts";
import type { RuleBook, RulesInForce, RuleTerms } from "../book/rule-book.ts";
import { assembleRules } from "../sigma/assemble.ts";
import { documentsOf } from "../sigma/rule-text.fixture.ts";
import type { Detection } from "./detection.ts";
import { MemoryFindings } from "./memory-findings.fixture.ts";
import { type MadeRecord, MemoryStore } from "./memory-store.fixture.ts";
import { openDetection } from "./open-detection.ts";
import type { DetectionOptions } from "./options.ts";

export const start: number = Date.UTC(2026, 9, 1, 12);
const minute = 60_000;

const logsource = "logsource: { product: aws, service: cloudtrail }";
const base = (name: string, eventName: string) => `title: ${name}
name: ${name}
${logsource}
detection: { selection: { eventName: ${eventName} }, condition: selection }
`;
const correlation = (name: string, lines: readonly string[]) =>
  `title: ${name}\nname: ${name}\nlevel: medium\ncorrelation:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** A rule that is alone, one that names no event, and correlations of every nature. */
export const madeRules: string = [
  base("key-made", "CreateAccessKey"),
  `title: from-net\nname: from-net\n${logsource}\ndetection: { selection: { "sourceIPAddress|cidr": 198.51.100.0/24 }, condition: selection }\n`,
  base("refused", "Refused"),
  base("entered", "Entered"),
  base("read", "Read"),
  base("rare", "Rare"),
  correlation("many", [
    "type: event_count",
    "rules: [refused]",
    "group-by: [user]",
    "timespan: 10m",
    "condition: {gte: 3}",
  ]),
  correlation("broken-in", [
    "type: temporal_ordered",
    "rules: [refused, entered]",
    "group-by: [user]",
    "timespan: 10m",
  ]),
  correlation("wide", [
    "type: value_count",
    "rules: [read]",
    "group-by: [user]",
    "timespan: 20m",
    "condition: {field: thing, gte: 3}",
  ]),
  correlation("total", [
    "type: value_sum",
    "rules: [read]",
    "group-by: [user]",
    "timespan: 5m",
    "condition: {field: size, gt: 20}",
  ]),
  correlation("few", ["type: event_count", "rules: [rare]", "group-by: [user]", "timespan: 5m", "condition: {eq: 2}"]),
].join("---\n");

/** Without conditions that more events can undo: what was told of them is not taken back. */
export const lastingRules: string = madeRules
  .split("---\n")
  .filter((text) => !text.includes("title: few"))
  .join("---\n");

/** These rules as a rule book gives them. */
export function inForceOf(text: string, terms: Partial<RuleTerms> = {}): RulesInForce {
  const { rules, correlations, refusals } = assembleRules(documentsOf(text));
  const termsOf = (title: string, of: RuleTerms["of"], timespanMs: number): RuleTerms => ({
    ...{ of, title, level: "medium", outcome: "incident", dedupMs: timespanMs, suppressForMs: 0 },
    ...{ isStaged: false, tags: [], ...terms },
  });
  return {
    ...{ rules, correlations, refusals },
    terms: new Map([
      ...rules.map(({ rule }) => [rule.key, termsOf(rule.title, "rule", 60 * minute)] as const),
      ...correlations.map(({ correlation: { key, title } }) => [key, termsOf(title, "correlation", minute)] as const),
    ]),
  };
}

/** A record of a kind, so many seconds after the beginning; the same number is the same event. */
export function made(number: number, eventName: string, seconds: number, fields: object = {}): MadeRecord {
  const record = makeRecord(number, { eventName, user: "bob", ...fields });
  const eventTime = new Date(start + seconds * 1_000).toISOString().replace(".000Z", "Z");
  return { ...record, eventID: makeEventId(number), eventTime, eventName };
}

/** Who an event is by, as far as made records tell it. */
export function madeActor(record: unknown): Actor {
  const name = String((record as { user?: unknown }).user);
  return { key: `user/${name}`, kind: "user", name, accountId: "", arn: "", accessKey: "", sourceIdentity: "" };
}

export interface MadeWorld {
  readonly store: MemoryStore;
  readonly findings: MemoryFindings;
  readonly clock: SteppedClock;
  readonly failures: unknown[];
  /** Settles other rules. */
  change(inForce: RulesInForce): void;
  /** Another detection on the same store and state, as after a start. */
  open(options?: Partial<DetectionOptions>): Detection;
}

export function makeWorld(rules: string = madeRules, at: number = start + 60 * minute): MadeWorld {
  const [store, findings, clock] = [new MemoryStore(), new MemoryFindings(), new SteppedClock(at)];
  const failures: unknown[] = [];
  const listeners = new Set<() => void>();
  let inForce = inForceOf(rules);
  const book: Pick<RuleBook, "inForce" | "onChange"> = {
    inForce: () => Promise.resolve(inForce),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    ...{ store, findings, clock, failures },
    change(other) {
      inForce = other;
      for (const listener of listeners) listener();
    },
    open(options = {}) {
      const onFailure = (error: unknown) => void failures.push(error);
      return openDetection({ store, findings, book, judges: [], actorOf: madeActor, clock, onFailure, ...options });
    },
  };
}

/** What was found, in words: rule, group, from and to in seconds, events. */
export function told(findings: MemoryFindings): readonly string[] {
  const seconds = (at: number) => (at - start) / 1_000;
  const number = (event: string) => Number.parseInt(event.split("#")[0]?.slice(-12) ?? "", 16);
  return findings
    .findings()
    .map(
      ({ rule, group, from, to, hits, events }) =>
        `${rule} ${group.split("/").at(-1)} ${seconds(from)}-${seconds(to)} ${hits}: ${events.map(number).join(" ")}`,
    )
    .toSorted();
}

export const never: AbortSignal = new AbortController().signal;
