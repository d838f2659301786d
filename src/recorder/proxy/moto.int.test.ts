import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { openImportedStore } from "../../../test/fixtures/imported-store.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
import { motoServer, startMoto } from "./moto.fixture.ts";
import { clientOf, type OpenRecording, openRecording } from "./recording.fixture.ts";

const account = "123456789012";
const documentText = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }],
});
const bucketPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::photos/*" }],
};

test(
  "calls to moto are recorded as CloudTrail records them on AWS, and the files can be imported",
  { skip: motoServer === undefined ? "moto is not on this machine" : false },
  async () => {
    await using moto = await startMoto(motoServer ?? "");
    await using open = await openRecording(moto.url);
    const given = await makeCalls(open);
    assert.deepEqual(open.failures, []);
    const { passed, unnamed, unreadable } = open.recording.figures();
    assert.deepEqual({ passed, unnamed, unreadable }, { passed: 12, unnamed: 0, unreadable: 0 });
    const records = await open.end();
    const of = (name: string) => records.find(({ eventName }) => eventName === name) ?? assert.fail(`No ${name}`);

    const host = new URL(open.url).host;
    assert.deepEqual(of("CreateBucket").requestParameters, {
      CreateBucketConfiguration: { xmlns: "http://s3.amazonaws.com/doc/2006-03-01/", LocationConstraint: "eu-west-1" },
      bucketName: "photos",
      Host: host,
    });
    assert.deepEqual(of("PutBucketPolicy").requestParameters, {
      policy: "",
      bucketName: "photos",
      bucketPolicy,
      Host: host,
    });
    assert.equal(of("PutBucketPolicy").responseElements, null);
    assert.equal(of("PutObject").eventCategory, "Data");
    assert.equal(of("PutObject").additionalEventData?.["bytesTransferredIn"], 5);
    assert.equal(of("GetObject").additionalEventData?.["bytesTransferredOut"], 5);
    assert.deepEqual(of("ListObjects").requestParameters, { "list-type": "2", bucketName: "photos", Host: host });
    assert.deepEqual(errorOf(of("HeadObject")), ["NoSuchKey", "The specified key does not exist."]);

    assert.deepEqual(of("CreateUser").requestParameters, { userName: "ana" });
    const { user } = of("CreateUser").responseElements as { readonly user: Readonly<Record<string, unknown>> };
    assert.deepEqual(Object.keys(user).toSorted(), ["arn", "createDate", "path", "userId", "userName"]);
    assert.equal(of("CreateUser").awsRegion, "us-east-1");
    assert.deepEqual(of("CreateAccessKey").responseElements, {
      accessKey: {
        ...(accessKeyOf(of("CreateAccessKey")) as object),
        accessKeyId: given.key,
        userName: "ana",
        status: "Active",
      },
    });
    assert.equal(of("CreateRole").requestParameters?.["assumeRolePolicyDocument"], documentText);
    assert.deepEqual(errorOf(of("GetUser")).slice(0, 1), ["NoSuchEntityException"]);
    assert.equal(of("GetUser").responseElements, null);

    const assumed = of("AssumeRole");
    assert.deepEqual(assumed.resources, [
      { accountId: account, type: "AWS::IAM::Role", ARN: `arn:aws:iam::${account}:role/ops` },
    ]);
    const caller = of("GetCallerIdentity").userIdentity;
    assert.equal(caller?.type, "AssumedRole");
    assert.equal(caller?.arn, `arn:aws:sts::${account}:assumed-role/ops/night`);
    assert.equal(caller?.sessionContext?.sessionIssuer?.arn, `arn:aws:iam::${account}:role/ops`);
    for (const secret of given.secrets) assert.ok(!JSON.stringify(records).includes(secret));

    await using imported = await openImportedStore();
    const summary = await imported.import(join(open.folder, "AWSLogs"));
    assert.equal(summary.eventsStored, 12);
    assert.equal(summary.recordsRejected, 0);
  },
);

async function makeCalls(open: OpenRecording): Promise<{ readonly key: string; readonly secrets: readonly string[] }> {
  const s3 = await clientOf("s3", open);
  const iam = await clientOf("iam", open);
  await s3.call("CreateBucket", { Bucket: "photos", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  await s3.call("PutBucketPolicy", { Bucket: "photos", Policy: JSON.stringify(bucketPolicy) });
  await s3.call("PutObject", { Bucket: "photos", Key: "a/b c.txt", Body: "hello" });
  const { Body } = await s3.call("GetObject", { Bucket: "photos", Key: "a/b c.txt" });
  assert.equal(await Body?.transformToString(), "hello");
  await s3.call("ListObjectsV2", { Bucket: "photos" });
  await assert.rejects(s3.call("HeadObject", { Bucket: "photos", Key: "none" }));
  await iam.call("CreateUser", { UserName: "ana" });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: "ana" });
  await iam.call("CreateRole", { RoleName: "ops", AssumeRolePolicyDocument: documentText });
  await assert.rejects(iam.call("GetUser", { UserName: "nobody" }));
  const sts = await clientOf("sts", open);
  const role = { RoleArn: `arn:aws:iam::${account}:role/ops`, RoleSessionName: "night" };
  const { Credentials: session } = await sts.call("AssumeRole", role);
  const {
    AccessKeyId: accessKeyId = "",
    SecretAccessKey: secretAccessKey = "",
    SessionToken: sessionToken = "",
  } = session ?? {};
  const asRole = await clientOf("sts", open, { accessKeyId, secretAccessKey, sessionToken });
  await asRole.call("GetCallerIdentity", {});
  return { key: AccessKey?.AccessKeyId ?? "", secrets: [AccessKey?.SecretAccessKey ?? "none", secretAccessKey] };
}

function errorOf({ errorCode, errorMessage }: CloudTrailRecord): readonly (string | undefined)[] {
  return [errorCode, errorMessage];
}

function accessKeyOf({ responseElements }: CloudTrailRecord): unknown {
  return responseElements?.["accessKey"];
}
