import type { Predicate } from "../../predicate/index.ts";
import type { AssembledCorrelation } from "../sigma/assemble.ts";
import type { RuleView } from "../book/rule-book.ts";
import type { Collecting } from "./collecting.ts";
import type { EventKnowledge, EventSort } from "./event-knowledge.ts";
import { sortsOf } from "./event-sorts.ts";
import { seeSort, type Sight } from "./see-sort.ts";

export type CanFire = RuleView["canFire"];

const yes: CanFire = { answer: "yes", reason: "" };

/** Whether a rule about single events can ever fire with what is collected, and why not. */
export function canRuleFire(predicate: Predicate, knowledge: EventKnowledge, collecting: Collecting): CanFire {
  const { trails, others, stored } = collecting;
  if (trails.length + others.length + stored.length === 0) {
    return { answer: "no", reason: "Nothing is collected yet" };
  }
  const sorts = sortsOf(predicate, knowledge);
  if (sorts.length === 0) return yes;
  const seen = sorts.map((sort) => ({ sort, sight: seeSort(sort, collecting) }));
  const short = seen.filter(({ sight }) => sight !== "all");
  if (short.length === 0) return yes;
  return { answer: answerOf(seen.map(({ sight }) => sight)), reason: reasonsOf(short, collecting) };
}

/**
 * Which events of those that a condition waits for are seen no more, or only those of some resources; undefined where
 * that is none, and where nobody can tell.
 */
export function whatIsLost(
  predicate: Predicate,
  knowledge: EventKnowledge,
  { before, after }: { readonly before: Collecting; readonly after: Collecting },
): string | undefined {
  const lost = sortsOf(predicate, knowledge)
    .map((sort) => ({ sort, was: seeSort(sort, before), sight: seeSort(sort, after) }))
    .filter(({ was, sight }) => was !== "none" && was !== sight && sight !== "all")
    // Of other events it only says that they are not known well enough.
    .filter(({ sort, sight }) => sight === "none" || sort.category === "Data" || sort.category === "NetworkActivity");
  return lost.length === 0 ? undefined : reasonsOf(lost, after);
}

function answerOf(sights: readonly Sight[]): CanFire["answer"] {
  if (sights.every((sight) => sight === "none")) return "no";
  return sights.includes("all") || sights.includes("some") ? "partly" : "unknown";
}

type Seen = { readonly sort: EventSort; readonly sight: Sight };

const reasonsMax = 3;

function reasonsOf(seen: readonly Seen[], collecting: Collecting): string {
  const alike = Map.groupBy(seen, ({ sort, sight }) => JSON.stringify([sight, whatIs(sort), whoseOf(sort)]));
  const reasons = [...alike.values()].map((group) => reasonOf(group, collecting));
  const rest = reasons.length - reasonsMax;
  return [...reasons.slice(0, reasonsMax), ...(rest > 0 ? [`and ${rest} more of that kind`] : [])].join("; ");
}

function reasonOf(group: readonly Seen[], collecting: Collecting): string {
  const [first] = group;
  if (first === undefined) return "";
  const names = namesOf(group.map(({ sort }) => sort.eventName));
  const isOne = group.length === 1;
  const whose = whoseOf(first.sort);
  const what = `${isOne ? whatIs(first.sort).one : whatIs(first.sort).many}${whose === "" ? "" : ` of ${whose}`}`;
  const subject =
    names === ""
      ? `It waits for ${whatIs(first.sort).many}${whose === "" ? "" : ` of ${whose}`}`
      : `${names} ${isOne ? "is" : "are"} ${what}`;
  return `${subject}; ${sightOf(first, collecting)}`;
}

function sightOf({ sort, sight }: Seen, { others, nobody = "no trail of what is collected" }: Collecting): string {
  if (sight === "some") return "those of some resources are recorded, not all";
  if (sight === "unknown") return `none has come so far, and it is not known what ${listed(others)} records`;
  return sort.category === "Insight" ? "no trail of what is collected has Insights on" : `${nobody} records those`;
}

function whatIs({ category, readOnly }: EventSort): { readonly one: string; readonly many: string } {
  switch (category) {
    case "Data":
      return { one: "a data event", many: "data events" };
    case "NetworkActivity":
      return { one: "a network activity event", many: "network activity events" };
    case "Insight":
      return { one: "an Insights event", many: "Insights events" };
    case "Management":
      return readOnly === true
        ? { one: "a management event that only reads", many: "management events that only read" }
        : { one: "a management event", many: "management events" };
    default:
      return { one: "an event", many: "events" };
  }
}

function whoseOf({ category, resourceTypes, eventSource }: EventSort): string {
  return category === "Data" && resourceTypes.length > 0 ? resourceTypes.join(" and ") : (eventSource ?? "");
}

function namesOf(names: readonly (string | undefined)[]): string {
  return listed([...new Set(names.flatMap((name) => name ?? []))]);
}

const listedMax = 3;

function listed(all: readonly string[]): string {
  if (all.length <= 1) return all.join("");
  const shown = all.slice(0, listedMax);
  const rest = all.length - shown.length;
  return rest > 0
    ? `${shown.join(", ")} and ${rest} more`
    : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** A correlation can fire when enough of what it counts can. */
export function canCorrelationFire(
  { correlation }: Pick<AssembledCorrelation, "correlation">,
  parts: readonly { readonly title: string; readonly canFire: CanFire }[],
): CanFire {
  const is = (answer: CanFire["answer"]) => parts.filter(({ canFire }) => canFire.answer === answer);
  if (parts.length === 0 || is("yes").length === parts.length) return yes;
  const isStory = correlation.type === "temporal" || correlation.type === "temporal_ordered";
  const least = Math.min(
    ...correlation.condition.limits.map(({ by, number }) => (by === "gte" ? number : by === "gt" ? number + 1 : 1)),
  );
  const needed = isStory ? least : 1;
  const short = parts.filter(({ canFire }) => canFire.answer !== "yes");
  const [first, ...others] = new Set(short.map(({ canFire }) => canFire.reason));
  // What is the same for all that it counts is said once.
  const reason = short.length === parts.length && others.length === 0 ? (first ?? "") : saidOf(short);
  if (parts.length - is("no").length < needed) return { answer: "no", reason };
  const isUnknown = is("yes").length + is("partly").length < needed;
  return { answer: isUnknown ? "unknown" : "partly", reason };
}

function saidOf(parts: readonly { readonly title: string; readonly canFire: CanFire }[]): string {
  return saidOfParts(parts.map(({ title, canFire }) => ({ title, reason: canFire.reason })));
}

/** What is said of rules that a correlation counts. */
export function saidOfParts(parts: readonly { readonly title: string; readonly reason: string }[]): string {
  return parts
    .slice(0, reasonsMax)
    .map(({ title, reason }) => `“${title}”: ${reason}`)
    .join("; ");
}
