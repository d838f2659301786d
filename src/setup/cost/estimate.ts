import type { AccountView } from "../account/account.ts";
import { warningsOf } from "./bill-warnings.ts";
import type { Bill, BillChange, BillLine } from "./bill.ts";
import { deliveriesOf, deliveryCharges } from "./delivery-charges.ts";
import { eventCharges } from "./event-charges.ts";
import { type LineEntry, linesOf, sumOf } from "./line-book.ts";
import { ownBucketLoop } from "./own-bucket.ts";
import type { Prices } from "./prices.ts";
import type { Reach } from "./reach.ts";
import { type Scene, sceneOf, type TrailChange } from "./scene.ts";
import { unknownsOf } from "./unknowns.ts";
import type { Volumes } from "./volumes.ts";

export interface EstimateAsk {
  readonly account: AccountView;
  /** Other accounts of the organization, where they were looked at. */
  readonly members?: readonly AccountView[];
  readonly change?: TrailChange | undefined;
  readonly volumes: Volumes;
  readonly prices: Prices;
  /** ARNs of the trails whose log files Trailwarden fetches; the changed one where none is named. */
  readonly collects?: readonly string[] | undefined;
  /** Those whose log files were fetched before the change. */
  readonly collectsBefore?: readonly string[] | undefined;
  /** How long log files are kept; nothing when nobody deletes them. */
  readonly retentionDays?: number | undefined;
  /** A KMS key is made for the trail. */
  readonly makesKey?: boolean | undefined;
}

/** What the trails of an account cost in a month, as they are or as a change would have them. */
export function estimate(ask: EstimateAsk): Bill {
  const { volumes, prices } = ask;
  const scene = sceneOf(ask);
  const lines = linesIn(scene, scene.after, ask);
  const was = { ...scene, collects: new Set(ask.collectsBefore) };
  const totalMicroDollars = sumOf(lines);
  const change = ask.change === undefined ? null : changeOf(linesIn(was, scene.before, ask), lines);
  return {
    lines,
    totalMicroDollars,
    change,
    warnings: warningsOf({ ...scene, volumes, prices, lines, changed: ask.change }),
    unknowns: unknownsOf({ reaches: scene.after, views: scene.views, volumes, lines }),
    basis: volumes.basis,
  };
}

function linesIn(scene: Scene, reaches: readonly Reach[], ask: EstimateAsk): readonly BillLine[] {
  const { views, collects } = scene;
  const { volumes, retentionDays } = ask;
  const entries = [
    ...eventCharges(reaches, volumes.cells),
    ...reaches.flatMap((reach) => {
      const isCollected = collects.has(reach.trail.arn);
      return [
        ...deliveryCharges(reach, { views, volumes, retentionDays, isCollected }),
        ...loopEntries(scene, reach, volumes),
      ];
    }),
    ...keyEntries(reaches, ask),
  ];
  const order = new Map(reaches.map(({ trail }, index) => [trail.arn, index]));
  return [...linesOf(entries, ask.prices)].sort(
    (a, b) =>
      (order.get(a.trailArn) ?? 0) - (order.get(b.trailArn) ?? 0) ||
      b.microDollars - a.microDollars ||
      (a.id < b.id ? -1 : 1),
  );
}

/** A loop that was there while events were counted is among them already. */
function loopEntries(scene: Scene, reach: Reach, volumes: Volumes): readonly LineEntry[] {
  const isCollected = scene.collects.has(reach.trail.arn);
  const deliveries = deliveriesOf(reach, { views: scene.views, volumes });
  const loop = ownBucketLoop(reach, deliveries, { isCollected });
  const counted =
    volumes.basis.kind === "measured" ? scene.before.find((one) => one.trail.arn === reach.trail.arn) : undefined;
  const wasThere = counted !== undefined && ownBucketLoop(counted, deliveries, { isCollected }) !== undefined;
  return loop === undefined || wasThere ? [] : loop.entries;
}

function keyEntries(reaches: readonly Reach[], { change, makesKey }: EstimateAsk): readonly LineEntry[] {
  const trail = reaches.find(({ trail: { arn } }) => arn === change?.after?.arn)?.trail;
  if (trail === undefined || makesKey !== true) return [];
  return [
    {
      trailArn: trail.arn,
      item: "kms-key",
      what: "KMS key",
      why: "A key is made for the trail, and kept",
      accountId: trail.ownerAccountId,
      region: trail.homeRegion,
      quantity: 1,
    },
  ];
}

function changeOf(before: readonly BillLine[], after: readonly BillLine[]): BillChange {
  const was = new Map(before.map((line) => [line.id, line]));
  const is = new Map(after.map((line) => [line.id, line]));
  const lines = [...new Map([...was, ...is]).values()].map(({ id, what }) => ({
    id,
    what,
    addedMicroDollars: (is.get(id)?.microDollars ?? 0) - (was.get(id)?.microDollars ?? 0),
  }));
  const [beforeMicroDollars, afterMicroDollars] = [sumOf(before), sumOf(after)];
  return {
    beforeMicroDollars,
    afterMicroDollars,
    addedMicroDollars: afterMicroDollars - beforeMicroDollars,
    lines: lines
      .filter(({ addedMicroDollars }) => addedMicroDollars !== 0)
      .sort((a, b) => Math.abs(b.addedMicroDollars) - Math.abs(a.addedMicroDollars)),
  };
}
