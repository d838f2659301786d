import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openSandbox, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";
import { missingTerraform, openTerraform, type Terraform, type TerraformRun } from "./terraform.fixture.ts";

/*
 * Terraform and its AWS provider ask for every field of what they made, wait until it is as they want it, and compare it
 * with what was written: an empty second plan means that nothing was lost on the way.
 */
const skip = await missingTerraform();
const alone = "444455556666";
const management = "111122223333";
const archive = "777788889999";
const externalId = "example-shop";

let open: TestSandbox;
const folders: TemporaryFolder[] = [];
before(async () => {
  if (skip === false) open = await openSandbox();
});
after(async () => {
  await open?.[Symbol.asyncDispose]();
  for (const folder of folders) folder[Symbol.dispose]();
});

function begin(stack: string, accountId: string): Promise<Terraform> {
  const folder = makeTemporaryFolder();
  folders.push(folder);
  return openTerraform(open.sandbox, { stack, folder: folder.path, accountId, region: sandboxRegion });
}

function assertEnds(run: TerraformRun, code: number, says: RegExp): void {
  const end = run.text.slice(-4_000);
  assert.equal(run.code, code, end);
  assert.ok(says.test(run.text), end);
}

function applied(added: number, changed: number): RegExp {
  return new RegExp(`^Apply complete! Resources: ${added} added, ${changed} changed, 0 destroyed\\.$`, "m");
}

function destroyed({ resources }: Terraform): RegExp {
  return new RegExp(`^Destroy complete! Resources: ${resources} destroyed\\.$`, "m");
}

// Each waits for the most part.
describe("Terraform", { skip, concurrency: true }, () => {
  test("makes a trail with all that belongs to it, finds nothing to change, changes it, and takes it away", async () => {
    using terraform = await begin("trail", alone);
    assertEnds(await terraform.apply(), 0, applied(terraform.resources, 0));
    assertEnds(await terraform.plan(), 0, /^No changes\. Your infrastructure matches the configuration\.$/m);
    await assertDelivers("org");

    const changed = { team: "platform", prefix: "company", reads_too: true, insights: [] };
    assertEnds(await terraform.apply(changed), 0, applied(0, 12));
    assertEnds(await terraform.plan(changed), 0, /^No changes\./m);
    await assertDelivers("company");

    assertEnds(await terraform.destroy(changed), 0, destroyed(terraform));
    const s3 = await open.client("s3", { accountId: alone });
    const cloudtrail = await open.client("cloudtrail", { accountId: alone });
    assert.deepEqual((await s3.call("ListBuckets", {})).Buckets ?? [], []);
    assert.deepEqual((await cloudtrail.call("DescribeTrails", {})).trailList, []);
  });

  test("makes an organization's trail to an account that it takes on a role in", async () => {
    await makeRoleInArchive();
    using terraform = await begin("organization", management);
    const given = { archive_account: archive };
    assertEnds(await terraform.apply(given), 0, applied(terraform.resources, 0));
    assertEnds(await terraform.plan(given), 0, /^No changes\./m);
    const changed = { ...given, selects: "WriteOnly" };
    assertEnds(await terraform.apply(changed), 0, applied(0, 1));
    assertEnds(await terraform.plan(changed), 0, /^No changes\./m);
    assertEnds(await terraform.destroy(changed), 0, destroyed(terraform));
  });

  test("keeps its state in a bucket, locks it there, and goes where its provider's endpoints say", async () => {
    const s3 = await open.client("s3", { accountId: archive });
    const Bucket = "example-shop-terraform";
    await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: sandboxRegion } });
    using terraform = await begin("state", archive);
    const given = { endpoint: open.sandbox.url };
    const made = await terraform.apply(given);
    assertEnds(made, 0, applied(terraform.resources, 0));
    assert.ok(made.text.includes(`me = "arn:aws:iam::${archive}:user/admin"`), made.text);
    assertEnds(await terraform.plan(given), 0, /^No changes\./m);
    const { Contents = [] } = await s3.call("ListObjectsV2", { Bucket });
    assert.deepEqual(
      Contents.map(({ Key }) => Key),
      ["company/terraform.tfstate"],
    );
    await s3.call("PutObject", { Bucket, Key: "company/terraform.tfstate.tflock", Body: JSON.stringify({ ID: "x" }) });
    assertEnds(await terraform.plan(given), 1, /Error acquiring the state lock/);
    await s3.call("DeleteObject", { Bucket, Key: "company/terraform.tfstate.tflock" });
    assertEnds(await terraform.destroy(given), 0, destroyed(terraform));
  });
});

test("nothing went wrong within", { skip }, () => assert.deepEqual(open.troubles, []));

/** What Terraform made does its work: log files and notices arrive, encrypted, and the log group hears of it too. */
async function assertDelivers(prefix: string): Promise<void> {
  const [cloudtrail, s3, sqs, logs] = await Promise.all([
    open.client("cloudtrail", { accountId: alone }),
    open.client("s3", { accountId: alone }),
    open.client("sqs", { accountId: alone }),
    open.client("logs", { accountId: alone }),
  ]);
  await cloudtrail.call("ListTags", {
    ResourceIdList: [`arn:aws:cloudtrail:${sandboxRegion}:${alone}:trail/company`],
  });
  await open.sandbox.delivery.deliverNow();
  const status = await cloudtrail.call("GetTrailStatus", { Name: "company" });
  const { LatestDeliveryError, LatestNotificationError, LatestCloudWatchLogsDeliveryError, IsLogging } = status;
  assert.deepEqual(
    [IsLogging, LatestDeliveryError, LatestNotificationError, LatestCloudWatchLogsDeliveryError],
    [true, undefined, undefined, undefined],
  );

  const Bucket = "example-shop-trail-logs";
  const Prefix = `${prefix}/AWSLogs/${alone}/CloudTrail/`;
  const [file] = (await s3.call("ListObjectsV2", { Bucket, Prefix })).Contents ?? [];
  const { ServerSideEncryption } = await s3.call("HeadObject", { Bucket, Key: file?.Key });
  assert.equal(ServerSideEncryption, "aws:kms");

  const { QueueUrl } = await sqs.call("GetQueueUrl", { QueueName: "trail-notices" });
  let heard = "";
  for (;;) {
    const { Messages = [] } = await sqs.call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) break;
    heard += Messages.map(({ Body }) => Body).join("\n");
  }
  assert.ok(heard.includes(`{"s3Bucket":"${Bucket}","s3ObjectKey":["${Prefix}`), heard);

  const { events } = await logs.call("FilterLogEvents", { logGroupName: "/company/trail", limit: 1 });
  assert.equal(events?.length, 1);
}

async function makeRoleInArchive(): Promise<void> {
  const iam = await open.client("iam", { accountId: archive });
  await iam.call("CreateRole", {
    RoleName: "OrganizationAccountAccessRole",
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${management}:root` }, Action: "sts:AssumeRole" },
          Condition: { StringEquals: { "sts:ExternalId": externalId } },
        },
      ],
    }),
  });
  await iam.call("AttachRolePolicy", {
    RoleName: "OrganizationAccountAccessRole",
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
}
