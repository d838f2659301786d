import { readAccount } from "../account/read-account.ts";
import { findDrifts } from "../checks/find-drifts.ts";
import type { Drift } from "../checks/check.ts";
import type { AccountView } from "../account/account.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { ownAccounts } from "../planning/make-plan.ts";
import { allSettings } from "../settings/index.ts";
import { trailSetting } from "../settings/trail.ts";
import { nameOf } from "../settings/place.ts";
import type { SetupAws } from "../setup-aws.ts";
import { locateBucket, placeOfArn } from "../wiring/locate.ts";
import { readWiring } from "../wiring/read-wiring.ts";
import type { Wiring, WiringPlaces } from "../wiring/wiring.ts";

export interface LookContext {
  readonly deployment: Deployment;
  readonly aws: SetupAws;
  readonly now: () => number;
}

export interface Look {
  readonly account: AccountView;
  readonly wiring: Wiring;
  readonly drifts: readonly Drift[];
}

/** Reads the way as it is now and compares it with what was agreed on; changes nothing. */
export async function lookForDrift(agreed: Wiring, context: LookContext): Promise<Look> {
  const { deployment, aws, now } = context;
  const { accountId, region, name, names, retentionDays, roleArn } = deployment;
  const account = await readAccount({ aws, accountId, region, now });
  const wiring = await readNow(agreed, context, account);
  const about = { name, accountId, names, retentionDays, now: now(), ...(roleArn === undefined ? {} : { roleArn }) };
  return { account, wiring, drifts: findDrifts({ agreed, now: wiring, account, deployment: about }) };
}

/** The way as it is: what the trail names now is looked at, not what it named once. */
export async function readNow(agreed: Wiring, context: LookContext, read?: AccountView): Promise<Wiring> {
  const { aws, now, deployment } = context;
  const { accountId, region } = deployment;
  const account = read ?? (await readAccount({ aws, accountId, region, now }));
  return readWiring(await placesNow(agreed.places, account, context), { aws, settings: allSettings, now });
}

async function placesNow(agreed: WiringPlaces, account: AccountView, context: LookContext): Promise<WiringPlaces> {
  const { trail, bucket, topic, subscription, queue } = agreed;
  const { deployment, aws } = context;
  if (trail === undefined) return agreed;
  const seen = account.trails.find(({ arn }) => arn === trail.arn)?.value;
  const value = seen ?? (await trailSetting.get(trail, aws).catch(() => undefined));
  if (value === undefined) return agreed;
  const places: Partial<Record<keyof WiringPlaces, WiringPlaces[keyof WiringPlaces]>> = { ...agreed };
  if (bucket !== undefined && value.bucket !== nameOf(bucket)) {
    const among = { partition: account.partition, accountIds: ownAccounts(deployment), region: deployment.region };
    const located = await locateBucket(value.bucket, among, aws);
    const elsewhere = { ...bucket, arn: `arn:${account.partition}:s3:::${value.bucket}` };
    places.bucket = located.kind === "found" ? located.place : elsewhere;
  }
  if (topic !== undefined && value.topicArn !== "" && value.topicArn !== topic.arn) {
    places.topic = placeOfArn(value.topicArn);
    if (subscription !== undefined && queue !== undefined) places.subscription = { ...places.topic, to: queue.arn };
  }
  if (value.keyArn.includes(":key/") && value.keyArn !== agreed.key?.arn) places.key = placeOfArn(value.keyArn);
  return places as WiringPlaces;
}
