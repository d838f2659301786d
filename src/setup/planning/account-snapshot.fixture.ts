import type { TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { allSettings } from "../settings/index.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import type { Place } from "../settings/place.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { WiringPart } from "../wiring/wiring.ts";

const regions = ["eu-central-1", "us-east-1"];

/** Every trail, bucket, topic, queue and subscription of some accounts with all their settings, to compare accounts by. */
export async function snapshotAccounts(
  sandbox: Pick<TestSandbox, "client">,
  accountIds: readonly string[],
): Promise<object> {
  const snapshot: Record<string, unknown> = {};
  for (const accountId of accountIds) {
    for (const { part, place } of await resourcesOf(sandbox, accountId)) {
      for (const setting of allSettings.filter(({ name }) => partOfSetting[name] === part)) {
        snapshot[`${place.arn} ${place.to ?? ""} ${setting.name}`] = await setting.get(place, sandboxAws(sandbox));
      }
    }
  }
  return snapshot;
}

interface Resource {
  readonly part: WiringPart;
  readonly place: Place;
}

async function resourcesOf(sandbox: Pick<TestSandbox, "client">, accountId: string): Promise<readonly Resource[]> {
  const s3 = await sandbox.client("s3", { accountId });
  const { Buckets = [] } = await s3.call("ListBuckets", {});
  const found: Resource[] = [];
  for (const { Name = "" } of Buckets) {
    const { LocationConstraint: at } = await s3.call("GetBucketLocation", { Bucket: Name });
    const region = at === undefined || String(at) === "" ? "us-east-1" : at;
    found.push({ part: "bucket", place: { accountId, region, arn: `arn:aws:s3:::${Name}` } });
  }
  for (const region of regions) {
    const [trails, sns, sqs] = [
      await sandbox.client("cloudtrail", { accountId, region }),
      await sandbox.client("sns", { accountId, region }),
      await sandbox.client("sqs", { accountId, region }),
    ];
    const { trailList = [] } = await trails.call("DescribeTrails", { includeShadowTrails: false });
    for (const { TrailARN: arn = "" } of trailList) found.push({ part: "trail", place: { accountId, region, arn } });
    const { Topics = [] } = await sns.call("ListTopics", {});
    for (const { TopicArn: arn = "" } of Topics) found.push({ part: "topic", place: { accountId, region, arn } });
    const { Subscriptions = [] } = await sns.call("ListSubscriptions", {});
    for (const { TopicArn: arn = "", Endpoint: to = "" } of Subscriptions) {
      found.push({ part: "subscription", place: { accountId, region, arn, to } });
    }
    const { QueueUrls = [] } = await sqs.call("ListQueues", {});
    for (const url of QueueUrls) {
      const arn = `arn:aws:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf("/") + 1)}`;
      found.push({ part: "queue", place: { accountId, region, arn } });
    }
  }
  return found;
}
