import { type TrailSelectors } from "./selectors.ts";

/** What a new trail records: all management events, as one advanced selector (User Guide, GetEventSelectors' example). */
export const defaultSelectors: TrailSelectors = {
  kind: "advanced",
  selectors: [{ name: "Management events selector", fields: [{ field: "eventCategory", Equals: ["Management"] }] }],
};

/**
 * Whether selectors say more or less than the default of new trails or, in the basic form, of old ones;
 * `HasCustomEventSelectors` tells it.
 */
export function areCustom(selectors: TrailSelectors): boolean {
  if (selectors.kind === "advanced") {
    return JSON.stringify(selectors.selectors) !== JSON.stringify(defaultSelectors.selectors);
  }
  const [only, ...others] = selectors.selectors;
  return !(
    only !== undefined &&
    others.length === 0 &&
    only.readWriteType === "All" &&
    only.includesManagementEvents &&
    only.dataResources.length === 0 &&
    only.excludedManagementSources.length === 0
  );
}
