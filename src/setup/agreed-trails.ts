import type { TrailSelectors } from "../cloudtrail/index.ts";
import type { DeploymentTable } from "../state/index.ts";
import { DeploymentBook } from "./deployments/deployment-book.ts";
import { readSelectors } from "./settings/read-selectors.ts";
import { nameOf } from "./settings/place.ts";

/** A trail that a deployment collects, as it was agreed on. */
export interface AgreedTrail {
  readonly deployment: string;
  readonly name: string;
  /** The source that collects it, once there is one. */
  readonly source: string | undefined;
  /** Nothing where they could not be read. */
  readonly selectors: TrailSelectors | undefined;
  readonly isLogging: boolean;
  readonly hasInsights: boolean;
  readonly hasGlobalEvents: boolean;
}

/** The trails of all deployments whose way was agreed on; nothing is asked of AWS. */
export async function agreedTrails(table: DeploymentTable): Promise<readonly AgreedTrail[]> {
  const book = new DeploymentBook({ table, now: () => 0, newId: () => "" });
  const found: AgreedTrail[] = [];
  for (const { name, source } of await book.list()) {
    const wiring = await book.agreed(name);
    const place = wiring?.places.trail;
    if (wiring === undefined || place === undefined) continue;
    const { values, unread } = wiring;
    const isUnread = unread.some(({ setting }) => setting === "trail-selectors");
    found.push({
      deployment: name,
      name: nameOf(place),
      source,
      selectors: isUnread ? undefined : readSelectors(values["trail-selectors"]),
      isLogging: values["trail-logging"] !== false,
      hasInsights: (values["trail-insights"] ?? []).length > 0,
      hasGlobalEvents: values.trail?.hasGlobalEvents !== false,
    });
  }
  return found;
}
