import type { Level } from "../../detect/index.ts";
import type { Span } from "../grouping/linking.ts";
import type { Entity } from "../incident.ts";
import { rankOf, raised, worse } from "../levels.ts";
import type { Part } from "../part.ts";
import type { IncidentContent } from "../stored.ts";
import { isStory, tacticsOf, techniquesOf } from "../tactics.ts";
import { summaryOf, titleOf } from "./title.ts";

const entitiesMax = 50;
const namesMax = 200;
const accountsMax = 200;

/** What is told of an incident, all of it from its findings. */
export interface Summary extends Pick<
  IncidentContent,
  "summary" | "regions" | "tactics" | "techniques" | "entities" | "rules" | "findings" | "context" | "events"
> {
  readonly title: string;
  readonly severity: Level;
  readonly accountIds: readonly string[];
}

/** Sums findings of a span up; `more` are those that are too many to look at, each of which has an event at least. */
export function summarize(all: readonly Part[], more: number, span: Span): Summary {
  const parts = all.toSorted(worstFirst);
  const told = parts.filter(({ isContext }) => !isContext);
  const tags = new Set(parts.flatMap((part) => part.tags));
  const marks = new Set(parts.flatMap(({ events }) => events.map(([mark]) => mark)));
  const unseen = parts.reduce((sum, { hits, events }) => sum + Math.max(0, hits - events.length), 0);
  const tactics = tacticsOf(tags);
  return {
    title: titleOf(parts),
    summary: summaryOf(parts, span),
    severity: severityOf(told.length === 0 ? parts : told, parts),
    accountIds: unique(parts.map(({ accountId }) => accountId)).slice(0, accountsMax),
    regions: unique(parts.map(({ region }) => region)).toSorted(),
    tactics,
    techniques: techniquesOf(tags).slice(0, namesMax),
    entities: entitiesOf(parts),
    rules: unique(parts.map(({ rule }) => rule)).slice(0, namesMax),
    findings: parts.length + more,
    context: parts.length - told.length,
    events: marks.size + unseen + more,
  };
}

/** The worst finding's, and a step more when one actor took several steps of an attack. */
function severityOf(told: readonly Part[], all: readonly Part[]): Level {
  const worst = told.reduce<Level>((level, part) => worse(level, part.level), "informational");
  const byActor = new Map<string, string[]>();
  for (const part of all) {
    if (part.level === "informational" || part.actor === "") continue;
    const actor = part.root === "" ? part.actor : part.root;
    byActor.set(actor, [...(byActor.get(actor) ?? []), ...part.tags]);
  }
  const isRaised = [...byActor.values()].some((tags) => isStory(tacticsOf(tags)));
  return isRaised ? raised(worst) : worst;
}

/** Things by how many events they are in; an event in two findings counts once. */
function entitiesOf(parts: readonly Part[]): Entity[] {
  const found = new Map<string, { readonly entity: Omit<Entity, "events">; readonly marks: Set<string> }>();
  for (const { entities, events } of parts) {
    const own = entities.map(([kind, value, label]) => {
      const key = `${kind} ${value}`;
      const known = found.get(key) ?? { entity: { kind, value, label }, marks: new Set<string>() };
      found.set(key, known);
      return known.marks;
    });
    for (const [mark, ...places] of events) for (const place of places) own[place]?.add(mark);
  }
  return [...found.values()]
    .map(({ entity, marks }) => ({ ...entity, events: marks.size }))
    .toSorted((a, b) => b.events - a.events || (a.kind + a.value < b.kind + b.value ? -1 : 1))
    .slice(0, entitiesMax);
}

/** The order in which findings are told: whatever order they came in. */
function worstFirst(a: Part, b: Part): number {
  return (
    Number(a.isContext) - Number(b.isContext) ||
    rankOf(b.level) - rankOf(a.level) ||
    a.from - b.from ||
    (`${a.rule} ${a.subject}` < `${b.rule} ${b.subject}` ? -1 : 1)
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
