import {
  type AdvancedSelector,
  advancedFormOf,
  defaultSelectors,
  type RecordingTrail,
  type SelectableRecord,
  selects,
  type TrailSelectors,
} from "../../cloudtrail/index.ts";
import type { AccountView, TrailView } from "../account/account.ts";
import { readSelectors } from "../settings/read-selectors.ts";
import type { VolumeCell } from "./volumes.ts";

/** Whether a trail records events of a sort: all, none, or some that the counts cannot tell from the others. */
export type Recorded = "all" | "some" | "none";

/** A trail that logs, and what it records. */
export interface Reach {
  readonly trail: TrailView;
  /** Nothing of them could be read; a new trail's are taken instead. */
  readonly areSelectorsUnknown: boolean;
  readonly recording: RecordingTrail;
  records(cell: VolumeCell): Recorded;
  selects(record: SelectableRecord): boolean;
  reaches(accountId: string, region: string): boolean;
}

/** Fields of selectors that a cell can answer: one that a person gave says less than one that was counted. */
function answerable(cell: VolumeCell): readonly string[] {
  const always = ["eventCategory", "resources.type"];
  if (cell.service !== "") return [...always, "eventSource", "readOnly"];
  return cell.readOnly === undefined ? always : [...always, "readOnly"];
}

/** What a trail records where it logs. */
export function reachOf(trail: TrailView): Reach {
  const read = trail.selectors === undefined ? undefined : readSelectors(trail.selectors);
  const selectors = read ?? defaultSelectors;
  const recordingOf = (of: TrailSelectors): RecordingTrail => ({
    selectors: of,
    includesGlobalServiceEvents: trail.value.hasGlobalEvents,
    recordsOwnDeliveries: true,
  });
  const recording = recordingOf(selectors);
  const judge = onceEach((cell: VolumeCell): Recorded => {
    const fields = answerable(cell);
    const record = recordOf(cell);
    if (!selects(recordingOf(loosened(selectors, fields)), record)) return "none";
    return selects(recordingOf(exactOf(selectors, fields)), record) ? "all" : "some";
  });
  const reaches = (accountId: string, region: string) =>
    (trail.value.isOrganization || accountId === trail.ownerAccountId) &&
    (trail.value.isMultiRegion || region === trail.homeRegion);
  return {
    trail,
    areSelectorsUnknown: read === undefined,
    recording,
    reaches,
    selects: (record) => selects(recording, record),
    records: (cell) => (reaches(cell.accountId, cell.region) ? judge(cell) : "none"),
  };
}

/** Accounts have much the same sorts of events: each sort is judged once. */
function onceEach(judge: (cell: VolumeCell) => Recorded): (cell: VolumeCell) => Recorded {
  const known = new Map<string, Recorded>();
  return (cell) => {
    const { category, service, readOnly, resourceTypes, region } = cell;
    const key = [category, service, readOnly, region, ...resourceTypes].join(" ");
    const judged = known.get(key) ?? judge(cell);
    known.set(key, judged);
    return judged;
  };
}

function recordOf(cell: VolumeCell): SelectableRecord {
  return {
    eventCategory: cell.category,
    awsRegion: cell.region,
    ...(cell.service === "" ? {} : { eventSource: cell.service }),
    ...(cell.readOnly === undefined ? {} : { readOnly: cell.readOnly }),
    resources: cell.resourceTypes.map((type) => ({ type })),
  };
}

/** The selectors without what cannot be answered: they keep what they kept, and perhaps more. */
function loosened(selectors: TrailSelectors, known: readonly string[]): TrailSelectors {
  const all = advancedFormOf(selectors);
  return advanced(all.map(({ fields }) => ({ fields: fields.filter(({ field }) => known.includes(field)) })));
}

/** Those of the selectors that can be answered whole. */
function exactOf(selectors: TrailSelectors, known: readonly string[]): TrailSelectors {
  return advanced(advancedFormOf(selectors).filter(({ fields }) => fields.every(({ field }) => known.includes(field))));
}

function advanced(selectors: readonly AdvancedSelector[]): TrailSelectors {
  return { kind: "advanced", selectors };
}

/** All trails that record in an account and its organization's others, each once, the best to keep first. */
export function reachesIn(views: readonly AccountView[]): readonly Reach[] {
  const byArn = new Map(views.flatMap(({ trails }) => trails).map((trail) => [trail.arn, trail]));
  return [...byArn.values()].filter(isLogging).sort(compareTrails).map(reachOf);
}

/** One that may not be asked is taken for logging: it costs then. */
export function isLogging(trail: TrailView): boolean {
  return trail.isLogging !== false;
}

/** The best to keep first: an organization's, one of all regions, one that delivers, one that is validated. */
export function compareTrails(a: TrailView, b: TrailView): number {
  const worth = ({ value, deliveryError }: TrailView) =>
    (value.isOrganization ? 8 : 0) +
    (value.isMultiRegion ? 4 : 0) +
    (deliveryError === "" ? 2 : 0) +
    (value.validatesLogFiles ? 1 : 0);
  return worth(b) - worth(a) || (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0);
}
