import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type AdvancedSelector, type FieldSelector, type TrailSelectors } from "../../cloudtrail/index.ts";
import { type By } from "../by.ts";
import { optionalList } from "../parameters.ts";
import { type TrailParts, findTrailToChange, findTrailToLookInto } from "../trails/find-trail.ts";
import { trailFieldRules } from "./advanced-rules.ts";
import { readAdvancedSelectors } from "./read-advanced.ts";
import { readBasicSelectors } from "./read-basic.ts";
import { badSelectors } from "./selector-limits.ts";

type Shape = Omit<OutputOf<"cloudtrail", "PutEventSelectors">, "TrailARN">;

/** Sets the selectors of one kind, which takes those of the other away (API Reference, PutEventSelectors). */
export async function putEventSelectors(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "PutEventSelectors">,
  by: By,
): Promise<OutputOf<"cloudtrail", "PutEventSelectors">> {
  const selectors = readSelectors(input);
  const trail = await findTrailToChange(parts, input.TrailName, by);
  parts.trails.put("updated", { ...trail, selectors }, by.at);
  return { TrailARN: trail.arn, ...shapeOfSelectors(selectors) };
}

export async function getEventSelectors(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "GetEventSelectors">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetEventSelectors">> {
  const trail = await findTrailToLookInto(parts, input.TrailName, by);
  return { TrailARN: trail.arn, ...shapeOfSelectors(trail.selectors) };
}

function readSelectors(input: InputOf<"cloudtrail", "PutEventSelectors">): TrailSelectors {
  const basic = optionalList(input.EventSelectors, "EventSelectors");
  const advanced = optionalList(input.AdvancedEventSelectors, "AdvancedEventSelectors");
  if (basic !== undefined && advanced !== undefined) {
    throw badSelectors("EventSelectors and AdvancedEventSelectors do not go together");
  }
  if (advanced !== undefined) {
    return { kind: "advanced", selectors: readAdvancedSelectors(advanced, trailFieldRules) };
  }
  return { kind: "basic", selectors: readBasicSelectors(basic ?? []) };
}

function shapeOfSelectors(selectors: TrailSelectors): Shape {
  if (selectors.kind === "advanced") return { AdvancedEventSelectors: shapeOfAdvanced(selectors.selectors) };
  return {
    EventSelectors: selectors.selectors.map((selector) => ({
      ReadWriteType: selector.readWriteType,
      IncludeManagementEvents: selector.includesManagementEvents,
      DataResources: selector.dataResources.map(({ type, values }) => ({ Type: type, Values: [...values] })),
      ExcludeManagementEventSources: [...selector.excludedManagementSources],
    })),
  };
}

/** Advanced selectors as AWS writes them, for trails and event data stores. */
export function shapeOfAdvanced(selectors: readonly AdvancedSelector[]) {
  return selectors.map(({ name, fields }) => ({
    ...(name === undefined ? {} : { Name: name }),
    FieldSelectors: fields.map(({ field, ...asked }: FieldSelector) => {
      const copied = Object.entries(asked).map(([operator, values]) => [operator, [...values]]);
      return { Field: field, ...(Object.fromEntries(copied) as Record<string, string[]>) };
    }),
  }));
}
