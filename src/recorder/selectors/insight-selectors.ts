import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type TrailSelectors, advancedFormOf } from "../../cloudtrail/index.ts";
import { type By } from "../by.ts";
import { type Outlets } from "../outlets.ts";
import { members, oneOf, optionalList, optionalText, optionalTexts } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type TrailInsightSelector } from "../trail.ts";
import { type TrailParts, checkUnchanged, findTrailToChange, findTrailToLookInto } from "../trails/find-trail.ts";
import { checkBucket } from "../trails/trail-destinations.ts";

/** One for each type there is, and room for repetitions. */
const selectorsMax = 10;

/**
 * Sets which unusual rates a trail tells of; an empty list ends it. The trail has to record what is watched (API
 * Reference, PutInsightSelectors; User Guide, "Logging Insights events"). Event data stores of this recorder take
 * applications' events only, which have no insights.
 */
export async function putInsightSelectors(
  parts: TrailParts & { readonly outlets: Outlets },
  input: InputOf<"cloudtrail", "PutInsightSelectors">,
  by: By,
): Promise<OutputOf<"cloudtrail", "PutInsightSelectors">> {
  checkTarget(input, input.InsightsDestination);
  const selectors = readSelectors(input.InsightSelectors);
  const trail = await findTrailToChange(parts, input.TrailName, by);
  for (const selector of selectors) checkIsRecorded(selector, trail.selectors);
  if (selectors.length > 0) {
    await checkBucket(parts.outlets, { arn: trail.arn, ownerId: trail.ownerId, region: by.region }, trail);
    checkUnchanged(parts, trail);
  }
  parts.trails.put("updated", { ...trail, insightSelectors: selectors }, by.at);
  return { TrailARN: trail.arn, InsightSelectors: shapeOf(selectors) };
}

export async function getInsightSelectors(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "GetInsightSelectors">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetInsightSelectors">> {
  checkTarget(input, undefined);
  const trail = await findTrailToLookInto(parts, input.TrailName, by);
  if (trail.insightSelectors.length === 0) {
    throw refusal("InsightNotEnabledException", `Trail ${trail.arn} has no Insights events`);
  }
  return { TrailARN: trail.arn, InsightSelectors: shapeOf(trail.insightSelectors) };
}

function checkTarget(
  input: { readonly TrailName?: string | undefined; readonly EventDataStore?: string | undefined },
  destination: unknown,
): void {
  const store = optionalText(input.EventDataStore, "EventDataStore");
  if (store === undefined && destination === undefined) return;
  if (input.TrailName !== undefined) {
    throw refusal("InvalidParameterCombinationException", "TrailName does not go with EventDataStore");
  }
  throw refusal("UnsupportedOperationException", "Event data stores here hold applications' events, without Insights");
}

function readSelectors(given: unknown): readonly TrailInsightSelector[] {
  const list = optionalList(given, "InsightSelectors");
  if (list === undefined) throw badInsight("InsightSelectors is missing");
  if (list.length > selectorsMax) throw badInsight(`There are at most ${selectorsMax} selectors`);
  const selectors = list.map((entry): TrailInsightSelector => {
    const { InsightType, EventCategories } = members(entry, "InsightSelectors");
    const type = oneOf(
      optionalText(InsightType, "InsightType") ?? "",
      ["ApiCallRateInsight", "ApiErrorRateInsight"],
      "InsightType",
      "InvalidInsightSelectorsException",
    );
    const categories = optionalTexts(EventCategories, "EventCategories") ?? ["Management"];
    const read = categories.map((category) =>
      oneOf(category, ["Management", "Data"] as const, "EventCategories", "InvalidInsightSelectorsException"),
    );
    if (read.length === 0) throw badInsight("EventCategories is empty");
    return { type, categories: [...new Set(read)] };
  });
  if (new Set(selectors.map(({ type }) => type)).size < selectors.length)
    throw badInsight("An InsightType is there twice");
  return selectors;
}

/** Call rates of management events are those of writes, error rates those of all (User Guide). */
function checkIsRecorded({ type, categories }: TrailInsightSelector, selectors: TrailSelectors): void {
  const needsWrites = type === "ApiCallRateInsight";
  for (const category of categories) {
    const isRecorded = advancedFormOf(selectors).some(({ fields }) => {
      const isCategory = fields.some(({ field, Equals }) => field === "eventCategory" && Equals?.includes(category));
      const isReadsOnly = fields.some(({ field, Equals }) => field === "readOnly" && Equals?.includes("true"));
      return isCategory && !(category === "Management" && needsWrites && isReadsOnly);
    });
    if (!isRecorded) throw badInsight(`${type} needs a trail that records ${category} events that it watches`);
  }
}

function shapeOf(selectors: readonly TrailInsightSelector[]) {
  return selectors.map(({ type, categories }) => ({ InsightType: type, EventCategories: [...categories] }));
}

function badInsight(message: string) {
  return refusal("InvalidInsightSelectorsException", message);
}
