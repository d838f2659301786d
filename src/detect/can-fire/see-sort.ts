import { advancedFormOf, type AdvancedSelector, type SelectableRecord, selects } from "../../cloudtrail/index.ts";
import type { CollectedTrail, Collecting, StoredSort } from "./collecting.ts";
import type { EventSort } from "./event-knowledge.ts";

/** Whether events of a sort are seen: all, those of some resources, none, or nobody knows. */
export type Sight = "all" | "some" | "none" | "unknown";

/** Services of which trails may leave out what happens in us-east-1. */
const globalSources: ReadonlySet<string> = new Set(["iam.amazonaws.com", "cloudfront.amazonaws.com"]);

/** How much of a sort of events is seen with what is collected. */
export function seeSort(sort: EventSort, { trails, others, stored }: Collecting): Sight {
  const sights = trails.map((trail) => seenBy(trail, sort));
  if (sights.includes("all")) return "all";
  if (stored.some((cell) => isOf(cell, sort))) return "all";
  if (sights.includes("some")) return "some";
  return others.length > 0 ? "unknown" : "none";
}

function seenBy(trail: CollectedTrail, sort: EventSort): Sight {
  if (sort.category === "Insight") return trail.hasInsights ? "all" : "none";
  const categories = sort.category === undefined ? ["Management", "Data", "NetworkActivity"] : [sort.category];
  const sights = categories.map((category) => seenAs(trail, { ...sort, category }));
  return sights.includes("all") ? "all" : sights.includes("some") ? "some" : "none";
}

type Categorized = EventSort & { readonly category: string };

/** Selectors are asked twice: without what a sort does not tell, which they may answer, and with it, which they must. */
function seenAs(trail: CollectedTrail, sort: Categorized): Sight {
  const all = advancedFormOf(trail.selectors);
  const known = answerable(sort);
  const record = recordOf(sort);
  const keeps = (selectors: readonly AdvancedSelector[]) =>
    selects({ ...trail, selectors: { kind: "advanced", selectors } }, record);
  const loosened = all.map(({ fields }) => ({ fields: fields.filter(({ field }) => known.includes(field)) }));
  if (!keeps(loosened)) return "none";
  return keeps(all.filter(({ fields }) => fields.every(({ field }) => known.includes(field)))) ? "all" : "some";
}

function answerable({ eventName, eventSource, readOnly, category, resourceTypes }: Categorized): readonly string[] {
  return [
    "eventCategory",
    ...(eventName === undefined ? [] : ["eventName"]),
    ...(eventSource === undefined ? [] : ["eventSource"]),
    ...(readOnly === undefined ? [] : ["readOnly"]),
    ...(category === "Data" && resourceTypes.length === 0 ? [] : ["resources.type"]),
  ];
}

function recordOf({ eventName, eventSource, readOnly, category, resourceTypes }: Categorized): SelectableRecord {
  return {
    eventCategory: category,
    ...(eventName === undefined ? {} : { eventName }),
    ...(eventSource === undefined ? {} : { eventSource }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(globalSources.has(eventSource ?? "") ? { awsRegion: "us-east-1" } : {}),
    resources: resourceTypes.map((type) => ({ type })),
  };
}

function isOf(cell: StoredSort, { category, eventSource, readOnly, resourceTypes }: EventSort): boolean {
  return (
    (category === undefined || cell.category === category) &&
    (eventSource === undefined || cell.service === eventSource) &&
    (readOnly === undefined || cell.readOnly === undefined || cell.readOnly === readOnly) &&
    (resourceTypes.length === 0 || resourceTypes.some((type) => cell.resourceTypes.includes(type)))
  );
}
