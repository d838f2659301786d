import { foldText, neededValues, type Predicate } from "../../predicate/index.ts";
import type { EventKnowledge, EventSort } from "./event-knowledge.ts";

/** Ways to fit a condition that are looked at one by one; of more, what they have in common. */
const waysMax = 200;
/** Names and services of one way. */
const sortsMax = 2_000;

/** The sorts of events that can fit a condition; none for one that any event may fit. */
export function sortsOf(predicate: Predicate, knowledge: EventKnowledge): readonly EventSort[] {
  const found = new Map<string, EventSort>();
  const spelling = new Map<string, string>();
  spellingsIn(predicate, spelling);
  for (const way of waysOf(predicate, waysMax)) {
    const sorts = sortsOfWay(way, knowledge);
    if (sorts === undefined) return [];
    for (const sort of sorts) {
      const eventName = spelling.get(foldText(sort.eventName ?? "")) ?? sort.eventName;
      if (found.size < sortsMax) found.set(JSON.stringify([sort, eventName]), { ...sort, eventName });
    }
  }
  return [...found.values()];
}

/** Names of events as the rule writes them, by their folded texts. */
function spellingsIn(predicate: Predicate, found: Map<string, string>): void {
  if (predicate.kind === "and" || predicate.kind === "or") for (const part of predicate.of) spellingsIn(part, found);
  if (predicate.kind !== "field" || predicate.path[0] !== "eventName" || predicate.test.op !== "equals") return;
  for (const value of predicate.test.values) found.set(foldText(value), value);
}

/** A condition as the ways to fit it, so that the names of one and the services of another are not mixed. */
function waysOf(predicate: Predicate, most: number): readonly Predicate[] {
  if (predicate.kind === "or") {
    const ways = predicate.of.flatMap((part) => waysOf(part, most));
    return ways.length <= most ? ways : [predicate];
  }
  if (predicate.kind !== "and") return [predicate];
  const divided = predicate.of
    .map((part) => waysOf(part, most))
    .map((ways) => (ways.some(tellsEvents) ? ways : undefined));
  const at = divided.findIndex((ways) => ways !== undefined && ways.length > 1);
  const ways = divided[at];
  if (ways === undefined) return [predicate];
  const rest = predicate.of.filter((_, index) => index !== at);
  const joined = ways.flatMap((way) => waysOf({ kind: "and", of: [...rest, way] }, most));
  return joined.length <= most ? joined : [predicate];
}

const tellingFields = ["eventName", "eventSource", "eventCategory", "eventType", "managementEvent"] as const;

function tellsEvents(predicate: Predicate): boolean {
  return tellingFields.some((field) => neededValues(predicate, field) !== undefined);
}

/** Nothing for a way that any event may go. */
function sortsOfWay(way: Predicate, knowledge: EventKnowledge): readonly EventSort[] | undefined {
  if (!tellsEvents(way)) return undefined;
  const names = neededValues(way, "eventName");
  const sources = neededValues(way, "eventSource");
  const categories = categoriesOf(way);
  const sorts =
    names === undefined
      ? [...(sources ?? [undefined])].map((source) => unknownSort(undefined, source))
      : [...names].flatMap((name) => sortsOfName(name, sources, knowledge));
  return categories === undefined ? sorts : sorts.flatMap((sort) => withCategories(sort, categories));
}

function sortsOfName(
  name: string,
  sources: ReadonlySet<string> | undefined,
  knowledge: EventKnowledge,
): readonly EventSort[] {
  const known = knowledge.find(name, sources);
  if (known.length > 0) return known;
  const [only, ...others] = sources ?? [];
  const sort = unknownSort(name, others.length === 0 ? only : undefined);
  // What is in no list of data events is what all trails record.
  return [{ ...sort, category: "Management", readOnly: guessReadOnly(name) }];
}

function unknownSort(eventName: string | undefined, eventSource: string | undefined): EventSort {
  return { eventName, eventSource, category: undefined, readOnly: undefined, resourceTypes: [] };
}

function withCategories(sort: EventSort, categories: readonly string[]): readonly EventSort[] {
  if (sort.category !== undefined && categories.includes(sort.category)) return [sort];
  return categories.map((category) => ({ ...sort, category }));
}

const spelled: Readonly<Record<string, string>> = {
  management: "Management",
  data: "Data",
  networkactivity: "NetworkActivity",
  insight: "Insight",
};

/** The categories that a condition asks for, in one of the ways that records tell them. */
function categoriesOf(way: Predicate): readonly string[] | undefined {
  const named = neededValues(way, "eventCategory");
  if (named !== undefined) return [...named].map((name) => spelled[name] ?? name);
  const types = neededValues(way, "eventType");
  if (types !== undefined && types.size === 1) {
    if (types.has("awscloudtrailinsight")) return ["Insight"];
    if (types.has("awsvpceevents") || types.has("awsvpceevent")) return ["NetworkActivity"];
  }
  const isManagement = neededValues(way, "managementEvent");
  return isManagement?.size === 1 ? [isManagement.has("false") ? "Data" : "Management"] : undefined;
}

const reads = /^(?:batchget|describe|get|head|list|lookup|search)/;
const writes =
  /^(?:add|associate|attach|authorize|cancel|change|copy|create|deactivate|delete|deregister|detach|disable|disassociate|enable|import|invite|leave|modify|move|purchase|put|reboot|register|remove|replace|reset|restore|revoke|run|send|set|share|start|stop|tag|terminate|untag|update|upload)/;

/** Whether a call only reads, as its name tells; undefined where it does not. */
function guessReadOnly(name: string): boolean | undefined {
  const folded = foldText(name);
  if (reads.test(folded)) return true;
  return writes.test(folded) ? false : undefined;
}
