import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordTime } from "../../src/cloudtrail/index.ts";
import {
  assembleRules,
  Correlator,
  type Level,
  levels,
  readRules,
  RuleSet,
  type SigmaCorrelation,
  type SigmaRule,
} from "../../src/detect/index.ts";
import { actorOf } from "../../src/lineage/index.ts";

export type CloudTrailEvent = Readonly<Record<string, unknown>>;

/** A rule of ours that has something to say for itself about one or more events. */
export interface Hit {
  /** Its folder, `<tactic>/<rule>`. */
  readonly rule: string;
  readonly level: Level;
  /** ATT&CK's tactics, as the rule's tags name them. */
  readonly tactics: readonly string[];
  /** Of a rule about single events that of who the event is by; of a correlation that of its last one. */
  readonly actor: string;
  readonly accountId: string;
  /** What further hits must share to be the same finding. */
  readonly group: string;
  readonly dedupMs: number;
  /** Milliseconds, of the last event. */
  readonly at: number;
  /** The events' ids. */
  readonly events: readonly string[];
}

/** Hits that people see as one. */
export interface Finding extends Omit<Hit, "group" | "dedupMs"> {
  readonly from: number;
  readonly hits: number;
}

export const rulesFolder = fileURLToPath(new URL("../../rules/", import.meta.url));

/** The folders of all rules of our own. */
export const ruleFolders: readonly string[] = readdirSync(rulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: tactic }) => readdirSync(join(rulesFolder, tactic)).map((rule) => `${tactic}/${rule}`))
  .sort();

const notTactics = /^attack\.[tgs]\d|^attack\.stp/;
const hour = 3_600_000;

/** All rules of our own, correlations included, held against events without a store. */
export class OurRules {
  readonly #folders = new Map<string, string>();
  readonly #correlations;
  readonly #set;

  constructor() {
    const documents = ruleFolders.flatMap((folder) => {
      const read = readRules(readFileSync(join(rulesFolder, folder, "rule.yml"), "utf8"), {
        path: `rules/${folder}/rule.yml`,
        lists: new Map(),
      });
      for (const { key } of read.documents) this.#folders.set(key, folder);
      return read.documents;
    });
    const { rules, correlations } = assembleRules(documents);
    this.#set = new RuleSet(rules);
    this.#correlations = correlations;
  }

  /** The folders of the rules about single events that match one, without correlations; those that only feed one too. */
  matching(event: CloudTrailEvent): readonly string[] {
    return [...new Set(this.#set.matching(event, JSON.stringify(event)).map(({ rule }) => this.#folderOf(rule)))];
  }

  /** What fires on events, which may come in any order. */
  judge(events: Iterable<CloudTrailEvent>): readonly Hit[] {
    const hits: Hit[] = [];
    const found = new Map<string, Told>();
    const records = new Map<string, CloudTrailEvent>();
    const correlator = new Correlator(this.#correlations, ({ correlation, group, to, events: evidence }) => {
      const key = JSON.stringify([correlation, group]);
      const told: Told = found.get(key) ?? { correlation, group: group.join(" "), events: new Map() };
      found.set(key, told);
      for (const { id } of evidence) told.events.set(id, Math.max(to, told.events.get(id) ?? 0));
    });
    let number = 0;
    for (const event of events) {
      number += 1;
      const rules = this.#set.matching(event, JSON.stringify(event));
      if (rules.length === 0) continue;
      const id = typeof event["eventID"] === "string" ? event["eventID"] : `event ${number}`;
      const at = recordTime(event) ?? 0;
      records.set(id, event);
      for (const { rule, isAlone } of rules) {
        if (isAlone) hits.push({ ...this.#hitOf(rule, event), group: actorOf(event).key, at, events: [id] });
      }
      correlator.take({ id, at, record: event, rules: rules.map(({ rule }) => rule.key) });
    }
    correlator.settle(Number.POSITIVE_INFINITY);
    return [...hits, ...this.#correlated([...found.values()], records)];
  }

  #correlated(found: readonly Told[], records: ReadonlyMap<string, CloudTrailEvent>): Hit[] {
    const byKey = new Map(this.#correlations.map((each) => [each.correlation.key, each]));
    return found.flatMap(({ correlation: key, group, events }) => {
      const told = byKey.get(key);
      if (told?.isAlone !== true) return [];
      const { correlation } = told;
      // Evidence that one timespan parts from what went before is a hit of its own.
      const parts: [string, number][][] = [];
      for (const each of [...events].sort(([, a], [, b]) => a - b)) {
        const last = parts.at(-1);
        if (last === undefined || each[1] - (last.at(-1)?.[1] ?? 0) > correlation.timespanMs) parts.push([each]);
        else last.push(each);
      }
      return parts.map((part): Hit => {
        const [id = "", at = 0] = part.at(-1) ?? [];
        const hit = this.#hitOf(correlation, records.get(id) ?? {});
        return { ...hit, group, at, events: part.map(([event]) => event) };
      });
    });
  }

  #hitOf(rule: SigmaRule | SigmaCorrelation, event: CloudTrailEvent): Omit<Hit, "at" | "events" | "group"> {
    return {
      rule: this.#folderOf(rule),
      level: rule.own.severity ?? rule.level ?? "medium",
      tactics: rule.tags.filter((tag) => tag.startsWith("attack.") && !notTactics.test(tag)),
      actor: actorOf(event).key,
      accountId: actorOf(event).accountId,
      dedupMs: rule.own.dedupPeriodMs ?? hour,
    };
  }

  #folderOf({ key }: { readonly key: string }): string {
    return this.#folders.get(key) ?? "";
  }
}

interface Told {
  readonly correlation: string;
  readonly group: string;
  /** By id; the end of the latest window that an event was told with. */
  readonly events: Map<string, number>;
}

/** Brings hits together as findings are: of one rule and group, each within the dedup period of the one before. */
export function findingsOf(hits: readonly Hit[]): readonly Finding[] {
  const findings: Finding[] = [];
  const open = new Map<string, number>();
  for (const hit of hits.toSorted((a, b) => a.at - b.at)) {
    const { group, dedupMs, ...rest } = hit;
    const key = JSON.stringify([hit.rule, group]);
    const index = open.get(key);
    const last = index === undefined ? undefined : findings[index];
    if (index !== undefined && last !== undefined && hit.at - last.at <= dedupMs) {
      findings[index] = { ...last, at: hit.at, hits: last.hits + 1, events: [...last.events, ...hit.events] };
    } else {
      open.set(key, findings.length);
      findings.push({ ...rest, from: hit.at, hits: 1 });
    }
  }
  return findings;
}

/** Whether a level opens an incident by itself. */
export function opensAlone({ level }: Pick<Finding, "level">): boolean {
  return levels.indexOf(level) >= levels.indexOf("medium");
}

/** An incident as the severity policy opens them: by a finding that opens one alone, or by three low rules of two tactics. */
export interface RoughIncident {
  readonly actor: string;
  readonly at: number;
  readonly rules: readonly string[];
}

/** Actors and UTC days that had an incident: roughly what people would be asked to look at. */
export function incidentsOf(findings: readonly Finding[]): readonly RoughIncident[] {
  const incidents = new Map<string, RoughIncident>();
  const add = ({ actor, at }: Finding, rules: readonly string[]) => {
    const key = `${actor} ${new Date(at).toISOString().slice(0, 10)}`;
    const known = incidents.get(key);
    incidents.set(key, { actor, at, rules: [...new Set([...(known?.rules ?? []), ...rules])] });
  };
  for (const finding of findings) {
    if (opensAlone(finding)) add(finding, [finding.rule]);
    if (finding.level !== "low") continue;
    const near = findings.filter(
      ({ level, actor, at }) =>
        level === "low" && actor === finding.actor && at <= finding.at && at > finding.at - hour,
    );
    const rules = new Set(near.map(({ rule }) => rule));
    if (rules.size >= 3 && new Set(near.flatMap(({ tactics }) => tactics)).size >= 2) add(finding, [...rules]);
  }
  return [...incidents.values()];
}
