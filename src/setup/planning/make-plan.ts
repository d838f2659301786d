import { readAccount } from "../account/read-account.ts";
import type { AccountView, TrailView } from "../account/account.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { SetupAws } from "../setup-aws.ts";
import { allSettings } from "../settings/index.ts";
import { type Place } from "../settings/place.ts";
import { locateBucket, placeOfArn, type Located } from "../wiring/locate.ts";
import { readWiring } from "../wiring/read-wiring.ts";
import type { Wiring, WiringPlaces } from "../wiring/wiring.ts";
import { chooseTrail, type ChosenTrail } from "./choose-trail.ts";
import { planCollection } from "./plan-collection.ts";
import type { SetupPlan, SetupWish } from "./plan.ts";

export interface PlanContext {
  readonly deployment: Deployment;
  readonly aws: SetupAws;
  readonly now: () => number;
}

/** A plan, and what was read for it. */
export interface MadePlan {
  readonly plan: SetupPlan;
  readonly account: AccountView;
  readonly wiring: Wiring;
}

/** Looks at the account in all its regions and says what is to be done; changes nothing. */
export async function makePlan(wish: SetupWish, context: PlanContext): Promise<MadePlan> {
  const { deployment, aws, now } = context;
  const account = await readAccount({ aws, accountId: deployment.accountId, region: deployment.region, now });
  const ownAccountIds = ownAccounts(deployment);
  const buckets = new Map<string, Located>();
  for (const { value } of account.trails) {
    if (!buckets.has(value.bucket)) buckets.set(value.bucket, await locate(value.bucket, account, context));
  }
  const chosen = chooseTrail(account, wish, ({ value }) => buckets.get(value.bucket)?.kind !== "refused");
  const bucketName = chosen.trail?.value.bucket ?? wish.names.bucket;
  const bucket = buckets.get(bucketName) ?? (await locate(bucketName, account, context));
  const obstacles = obstaclesOf(bucketName, bucket, chosen);
  const places = obstacles.length > 0 ? {} : placesFor(chosen, wish, account, { deployment, bucket, bucketName });
  const wiring = await readWiring(places, { aws, settings: allSettings, now });
  const input = { deployment: deployment.name, account, wish, chosen, wiring, ownAccountIds, obstacles, now: now() };
  return { plan: planCollection(input), account, wiring };
}

export function ownAccounts({ accountId, logAccount }: Deployment): readonly string[] {
  return logAccount === undefined ? [accountId] : [accountId, logAccount.accountId];
}

function locate(name: string, { partition }: AccountView, { deployment, aws }: PlanContext): Promise<Located> {
  return locateBucket(name, { partition, accountIds: ownAccounts(deployment), region: deployment.region }, aws);
}

function obstaclesOf(name: string, located: Located, { choice }: ChosenTrail): SetupPlan["obstacles"] {
  if (choice.kind === "none" || located.kind !== "refused") return [];
  const sentence = `The bucket ${name} belongs to somebody else, or may not be looked at: ${located.sentence}`;
  return [{ sentence, help: "Give the role of its account as the log account, or another name for what is made" }];
}

interface Found {
  readonly deployment: Deployment;
  readonly bucket: Located;
  readonly bucketName: string;
}

/** Where everything is, or is to be: what the trail names already, else names of the deployment beside the trail. */
function placesFor(chosen: ChosenTrail, wish: SetupWish, account: AccountView, found: Found): WiringPlaces {
  const { deployment, bucket, bucketName } = found;
  const arn = chosen.trail?.arn ?? chosen.choice.trailArn;
  if (arn === undefined) return {};
  const { partition } = account;
  const home = placeOfArn(arn).region;
  const trail: Place = { ...placeOfArn(arn), accountId: speaker(placeOfArn(arn).accountId, deployment) };
  const named: Place = { accountId: makesIn(deployment), region: home, arn: `arn:${partition}:s3:::${bucketName}` };
  const topic = topicOf(chosen.trail, { partition, home, deployment, name: wish.names.topic });
  const queue = queuePlace(wish.names.queue, topic, partition);
  const keyArn = chosen.trail?.value.keyArn ?? wish.keyArn;
  return {
    trail,
    bucket: bucket.kind === "found" ? bucket.place : named,
    topic,
    queue,
    deadLetter: queuePlace(`${wish.names.queue}-dead-letters`, topic, partition),
    subscription: { ...topic, to: queue.arn },
    ...(keyArn.includes(":key/") ? { key: placeOfArn(keyArn) } : {}),
    ...(wish.forOrganization && chosen.trail === undefined
      ? { organization: { accountId: deployment.accountId, region: "us-east-1", arn: account.organization?.id ?? "" } }
      : {}),
  };
}

/** Where bucket, topic and queue are made: in the log account, where there is one. */
function makesIn({ accountId, logAccount }: Deployment): string {
  return logAccount?.accountId ?? accountId;
}

/** Whose role is used to ask about a resource: its account's, else the deployment's own, which may at least look. */
function speaker(accountId: string, deployment: Deployment): string {
  return ownAccounts(deployment).includes(accountId) ? accountId : deployment.accountId;
}

function topicOf(
  trail: TrailView | undefined,
  to: { readonly partition: string; readonly home: string; readonly deployment: Deployment; readonly name: string },
): Place {
  const { partition, home, deployment, name } = to;
  if (trail !== undefined && trail.value.topicArn !== "") return placeOfArn(trail.value.topicArn);
  const accountId = makesIn(deployment);
  return { accountId, region: home, arn: `arn:${partition}:sns:${home}:${accountId}:${name}` };
}

function queuePlace(name: string, { accountId, region }: Place, partition: string): Place {
  return { accountId, region, arn: `arn:${partition}:sqs:${region}:${accountId}:${name}` };
}
