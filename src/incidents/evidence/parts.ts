import type { Lineage } from "../../lineage/index.ts";
import type { FindingRow, HitRow } from "../../state/index.ts";
import type { Entity } from "../incident.ts";
import { readFacts } from "../hit-facts.ts";
import { rankOf, readLevel } from "../levels.ts";
import type { Part, PartEntity } from "../part.ts";
import { markOf, type Sight } from "./sight.ts";
import { addressKeys, callerKeys, isSomebody, lineageKeys, sightKeys, storyKey } from "./story-keys.ts";
import { isSpecific, plainArn } from "./touched-resources.ts";

const keysMax = 60;
const entitiesMax = 40;

/** A finding that opens nothing alone: people are told of it beside others. What a person's own search is to open, opens. */
export function isContextOnly({ level, outcome, content }: Pick<FindingRow, "level" | "outcome" | "content">): boolean {
  if (outcome !== "incident") return true;
  return rankOf(readLevel(level)) < rankOf("medium") && readFacts(content).of !== "search";
}

/** A finding as a part of a story, from what is kept of it alone. */
export function partOfFacts(row: FindingRow): Part {
  const facts = readFacts(row.content);
  const entities = new EntityList();
  const keys = [...callerKeys(row.actor, facts.accessKey), ...addressKeys(facts.sourceIp, row.accountId, row.actor)];
  entities.add("actor", row.actor, facts.actorName || row.actor);
  entities.add("access-key", facts.accessKey);
  entities.add("address", facts.sourceIp);
  entities.add("account", row.accountId);
  for (const resource of facts.resources) entities.add("resource", resource);
  return {
    ...{ rule: row.rule, title: facts.title, level: readLevel(row.level), isContext: isContextOnly(row) },
    ...{ from: row.from, to: row.to, hits: row.hits, accountId: row.accountId, region: row.region },
    tags: facts.tags,
    ...{ actor: row.actor, actorName: facts.actorName, principalArn: facts.principalArn },
    subject: row.actor === "" ? `group:${row.group}` : row.actor,
    ...{ root: "", rootName: "", rootArn: "", accessKey: facts.accessKey, sourceIp: facts.sourceIp },
    ...{ eventName: facts.eventName, errorCode: facts.errorCode, madeKeys: [] },
    keys: [...new Set(keys)],
    entities: entities.list,
    events: [],
  };
}

/** The same with all that its events tell, and who stands behind them. */
export function partOfEvidence(row: FindingRow, sights: readonly Sight[], lineages: readonly Lineage[]): Part {
  const base = partOfFacts(row);
  const entities = new EntityList();
  const keys = new Set(base.keys);
  const madeKeys = new Set<string>();
  for (const resource of readFacts(row.content).resources.map(plainArn)) {
    // What is only read is not told by the facts: an event that tells more decides.
    if (sights.length === 0 && isSpecific(resource)) keys.add(storyKey.resource(resource));
  }
  const events: Part["events"][number][] = [];
  const root = lineages.map((lineage) => lineage.root).find(({ key }) => key !== row.actor && isSomebody(key));
  for (const sight of sights) {
    for (const key of sightKeys(sight)) keys.add(key);
    for (const key of sight.made.accessKeys) madeKeys.add(key);
    events.push([markOf(sight.event), ...entities.ofSight(sight, root)]);
  }
  for (const lineage of lineages) for (const key of lineageKeys(lineage, row.from)) keys.add(key);
  return {
    ...base,
    ...(root === undefined ? {} : { root: root.key, rootName: root.name, rootArn: root.arn }),
    madeKeys: [...madeKeys].slice(0, 20),
    keys: [...keys].slice(0, keysMax),
    entities: entities.list.length === 0 ? base.entities : entities.list,
    events,
  };
}

/** Context, once it is told with others: which events it is about. */
export function withMarks(part: Part, hits: readonly HitRow[]): Part {
  const all = part.entities.map((_, index) => index);
  const marks = new Set(hits.flatMap(({ events }) => events).map(markOf));
  return { ...part, events: [...marks].map((mark) => [mark, ...all] as const) };
}

/** The things of a part, each once; events name them by their places. */
class EntityList {
  readonly list: PartEntity[] = [];
  readonly #places = new Map<string, number>();

  add(kind: Entity["kind"], value: string, label = value): number[] {
    if (value === "") return [];
    const key = `${kind} ${value}`;
    const known = this.#places.get(key);
    if (known !== undefined) return [known];
    if (this.list.length >= entitiesMax) return [];
    this.#places.set(key, this.list.length);
    return [this.list.push([kind, value, label]) - 1];
  }

  ofSight(
    { actor, accountId, address, userAgent, touched, made }: Sight,
    root: { readonly key: string; readonly name: string } | undefined,
  ): number[] {
    const places = [
      ...this.add("actor", actor.key, actor.name),
      ...(root === undefined ? [] : this.add("root-actor", root.key, root.name)),
      ...this.add("access-key", actor.accessKey),
      ...this.add("address", address),
      ...this.add("user-agent", userAgent),
      ...this.add("account", accountId),
      ...touched.flatMap((resource) => this.add("resource", resource)),
      ...[...made.users, ...made.roles].flatMap((arn) => this.add("resource", arn)),
      ...made.accessKeys.flatMap((key) => this.add("access-key", key)),
    ];
    return [...new Set(places)];
  }
}
