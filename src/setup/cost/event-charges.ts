import type { LineEntry } from "./line-book.ts";
import type { Reach } from "./reach.ts";
import type { VolumeCell } from "./volumes.ts";

/** An event sort that a trail records, as the how-manieth copy. */
interface Copy {
  readonly reach: Reach;
  readonly cell: VolumeCell;
  /** The trails before it in the order that record the same. */
  readonly before: readonly Reach[];
  readonly isAtMost: boolean;
}

/**
 * What CloudTrail charges for the events that trails record (User Guide, "Managing CloudTrail trail costs"; its pricing
 * page). Which of several copies of management events is the free one, AWS does not say, and the sum is the same: here
 * it is that of the first trail.
 */
export function eventCharges(reaches: readonly Reach[], cells: readonly VolumeCell[]): readonly LineEntry[] {
  return copiesOf(reaches, cells).flatMap((copy) => [...recordingCharge(copy), ...insightCharges(copy)]);
}

/** Of the same charges those for what a trail before in the order records too; `detail` is that trail's ARN. */
export function duplicateCharges(reaches: readonly Reach[], cells: readonly VolumeCell[]): readonly LineEntry[] {
  return copiesOf(reaches, cells).flatMap((copy) => {
    // One that records some of the sort may record just what this one does not.
    const first = copy.before.find((one) => one.records(copy.cell) === "all");
    if (first === undefined) return [];
    return recordingCharge(copy).map((entry) => ({ ...entry, detail: first.trail.arn }));
  });
}

/** Each sort of events with each trail that records it, in the order of the trails. */
function copiesOf(reaches: readonly Reach[], cells: readonly VolumeCell[]): readonly Copy[] {
  const copies: Copy[] = [];
  for (const cell of cells) {
    const before: Reach[] = [];
    for (const reach of reaches) {
      const recorded = reach.records(cell);
      if (recorded === "none") continue;
      copies.push({ reach, cell, before: [...before], isAtMost: recorded === "some" });
      before.push(reach);
    }
  }
  return copies;
}

function recordingCharge({ reach, cell, before, isAtMost }: Copy): readonly LineEntry[] {
  const entry = { ...placeOf(reach, cell), quantity: cell.events, isAtMost };
  switch (cell.category) {
    case "Management": {
      const [first] = before;
      if (first === undefined) {
        return [
          {
            ...entry,
            item: "management-first-copy",
            what: "First copy of management events",
            why: "The trail records them, and no other trail before it",
            free: "The first copy of management events is free in each account and region",
          },
        ];
      }
      return [
        {
          ...entry,
          item: "management-copy",
          detail: first.trail.arn,
          what: "Further copy of management events",
          why: `The trail ${first.trail.name} records them already, and only one copy is free in each account and region`,
        },
      ];
    }
    case "Data":
      return [
        {
          ...entry,
          item: "data-events",
          what: "Data events",
          why: "Every copy of data events is charged, the first too",
        },
      ];
    case "NetworkActivity":
      return [
        {
          ...entry,
          item: "network-events",
          what: "Network activity events",
          why: "Every copy of network activity events is charged, the first too",
        },
      ];
    default:
      // Insights and aggregated events are charged by what is looked through, not by what comes out.
      return [];
  }
}

/**
 * Insights by the events looked through (User Guide, "Costs for Insights events"): of management events the writes for
 * the call rate and all for the error rate; of data events all for each.
 */
export function insightsOf(
  insights: readonly string[],
  event: { readonly category: string; readonly isRead: boolean },
) {
  const isManagement = event.category === "Management";
  if (!isManagement && event.category !== "Data") return [];
  return insights.filter((one) => {
    const [type = "", category = "Management"] = one.split(" ");
    if (category !== event.category) return false;
    return type === "ApiErrorRateInsight" || (type === "ApiCallRateInsight" && !(isManagement && event.isRead));
  });
}

function insightCharges({ reach, cell, isAtMost }: Copy): readonly LineEntry[] {
  const isManagement = cell.category === "Management";
  return insightsOf(reach.trail.insights, { category: cell.category, isRead: cell.readOnly === true }).map((one) => {
    const isCallRate = one.startsWith("ApiCallRateInsight");
    return {
      ...placeOf(reach, cell),
      quantity: cell.events,
      isAtMost,
      item: isManagement ? "management-insights" : "data-insights",
      detail: isCallRate ? "calls" : "errors",
      what: `Insights on the ${isCallRate ? "call" : "error"} rate of ${isManagement ? "management" : "data"} events`,
      why: `${isManagement && isCallRate ? "Every write" : "Every event"} that the trail records is looked through for it, and each type of Insights counts by itself`,
    } satisfies LineEntry;
  });
}

function placeOf({ trail }: Reach, { accountId, region }: VolumeCell) {
  return { trailArn: trail.arn, accountId, region };
}
