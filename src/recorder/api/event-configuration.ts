import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { findActiveStore, type LakeParts } from "../lake/lake-things.ts";
import { optionalList, optionalText } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { findTrail, findTrailToChange, type TrailParts } from "../trails/find-trail.ts";

/**
 * A trail without aggregations is all there is here: turning them off changes nothing, turning them on is refused, for
 * nothing aggregates. Larger events and context keys are for stores of AWS's own events (User Guide, "Expanding event
 * size and adding context").
 */
export async function putEventConfiguration(
  parts: TrailParts & LakeParts,
  input: InputOf<"cloudtrail", "PutEventConfiguration">,
  by: By,
): Promise<OutputOf<"cloudtrail", "PutEventConfiguration">> {
  if (isForStore(input)) throw wrongCategory(findActiveStore(parts, input.EventDataStore, by).arn);
  const aggregations = optionalList(input.AggregationConfigurations, "AggregationConfigurations") ?? [];
  const contextKeys = optionalList(input.ContextKeySelectors, "ContextKeySelectors") ?? [];
  if (contextKeys.length > 0 || optionalText(input.MaxEventSize, "MaxEventSize") !== undefined) {
    throw refusal("InvalidParameterCombinationException", "A trail has neither MaxEventSize nor ContextKeySelectors");
  }
  const trail = await findTrailToChange(parts, input.TrailName, by);
  if (aggregations.length > 0) {
    throw refusal("UnsupportedOperationException", "Aggregated events are not recorded here");
  }
  return { TrailARN: trail.arn, AggregationConfigurations: [] };
}

export async function getEventConfiguration(
  parts: TrailParts & LakeParts,
  input: InputOf<"cloudtrail", "GetEventConfiguration">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetEventConfiguration">> {
  if (isForStore(input)) throw wrongCategory(findActiveStore(parts, input.EventDataStore, by).arn);
  const trail = await findTrail(parts, input.TrailName, by);
  return { TrailARN: trail.arn, AggregationConfigurations: [] };
}

function isForStore(input: { readonly TrailName?: string | undefined; readonly EventDataStore?: string | undefined }) {
  const trail = optionalText(input.TrailName, "TrailName");
  const store = optionalText(input.EventDataStore, "EventDataStore");
  if (trail !== undefined && store !== undefined) {
    throw refusal("InvalidParameterCombinationException", "TrailName does not go with EventDataStore");
  }
  return store !== undefined;
}

function wrongCategory(arn: string) {
  return refusal("InvalidEventDataStoreCategoryException", `Event data store ${arn} holds ActivityAuditLog events`);
}
