import { gunzipSync } from "node:zlib";

import { type Clock, SteppedClock } from "../../base/clock.ts";
import { type LastingState } from "../../base/lasting.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
// The sandbox's state is what the recorder keeps things in; a test makes its material where it finds it.
import { openState } from "../../sandbox/index.ts";
import { SigningKeys } from "../digests/signing-keys.ts";
import { type Journal, openJournal } from "../journal/journal.ts";
import { type History } from "../lookup/history.ts";
import { type Trail } from "../trail.ts";
import { openTrailBook, type WritableTrailBook } from "../trails/trail-book.ts";
import { type Delivery, startDelivery } from "./delivery.ts";
import { MadeUpOutlets } from "./made-up-outlets.fixture.ts";
import { type DeliverySettings } from "./settings.ts";

export const accountId = "111122223333";
export const region = "eu-west-1";
export const bucket = "audit-logs";
/** A full hour, so that windows are easy to read. */
export const start = Date.parse("2026-03-01T10:00:00Z");

export const trail: Trail = {
  name: "everything",
  arn: `arn:aws:cloudtrail:${region}:${accountId}:trail/everything`,
  ownerId: accountId,
  homeRegion: region,
  bucket,
  includesGlobalServiceEvents: true,
  isMultiRegion: false,
  validatesLogFiles: true,
  validatesSince: start,
  recordsOwnDeliveries: true,
  selectors: {
    kind: "basic",
    selectors: [
      { readWriteType: "All", includesManagementEvents: true, dataResources: [], excludedManagementSources: [] },
    ],
  },
  insightSelectors: [],
  isLogging: true,
  startedAt: start,
  createdAt: start,
};

/** Delivery with everything around it, in a folder, with a clock that a test moves. */
export interface MadeUpDelivery<Kind extends Clock = SteppedClock> extends AsyncDisposable {
  readonly clock: Kind;
  readonly state: LastingState;
  readonly journal: Journal;
  readonly trails: WritableTrailBook;
  readonly outlets: MadeUpOutlets;
  readonly keys: SigningKeys;
  readonly delivery: Delivery;
  readonly failures: unknown[];
  record(fields?: Partial<CloudTrailRecord>): Promise<string>;
}

export interface MadeUpOptions {
  readonly folder: string;
  readonly statePath?: string;
  readonly settings?: Partial<DeliverySettings>;
  readonly outlets?: MadeUpOutlets;
  readonly trails?: readonly Trail[];
  readonly history?: Pick<History, "add">;
}

let events = 0;

export async function openMadeUpDelivery<Kind extends Clock = SteppedClock>(
  options: MadeUpOptions & { readonly clock?: Kind },
): Promise<MadeUpDelivery<Kind>> {
  const { folder, statePath = ":memory:", settings = {}, outlets = new MadeUpOutlets() } = options;
  const clock = (options.clock ?? new SteppedClock(start)) as Kind;
  const state = openState(statePath);
  const journal = await openJournal(`${folder}/journal`);
  const trails = openTrailBook(state, outlets);
  for (const one of options.trails ?? [trail]) {
    if (trails.get(one.arn) === undefined) trails.put("created", one, start);
  }
  const keys = new SigningKeys(state);
  const failures: unknown[] = [];
  const delivery = await startDelivery({
    clock,
    journal,
    state,
    folder,
    trails,
    outlets,
    keys,
    random: { letters: (count) => "A".repeat(count) },
    settings: { regions: [region], ...settings },
    ...(options.history && { history: options.history }),
    failed: (error) => failures.push(error),
  });
  return {
    clock,
    state,
    journal,
    trails,
    outlets,
    keys,
    delivery,
    failures,
    async record(fields = {}) {
      const eventID = `event-${(events += 1)}`;
      const at = clock.now();
      const record = {
        eventVersion: "1.11",
        eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
        eventSource: "iam.amazonaws.com",
        eventName: "CreateUser",
        awsRegion: region,
        readOnly: false,
        eventID,
        eventType: "AwsApiCall",
        managementEvent: true,
        recipientAccountId: accountId,
        eventCategory: "Management",
        ...fields,
      };
      const { awsRegion, recipientAccountId } = record;
      await journal.append([
        { at, recipientId: recipientAccountId, region: awsRegion, record: JSON.stringify(record) },
      ]);
      return eventID;
    },
    async [Symbol.asyncDispose]() {
      await delivery[Symbol.asyncDispose]();
      await journal[Symbol.asyncDispose]();
      state.close();
    },
  };
}

/** The log files among the objects, and the ids of the events in each. */
export function logFiles(outlets: MadeUpOutlets): ReadonlyMap<string, readonly string[]> {
  const files = [...outlets.objects].filter(([key]) => key.includes("/CloudTrail/"));
  return new Map(
    files.map(([key, { body }]) => {
      const { Records } = JSON.parse(gunzipSync(body).toString("utf8")) as { Records: CloudTrailRecord[] };
      return [key, Records.map(({ eventID }) => eventID ?? "")];
    }),
  );
}
