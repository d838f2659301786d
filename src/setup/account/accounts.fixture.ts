import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { SetupAws } from "../setup-aws.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import { trailSetting } from "../settings/trail.ts";
import type { TrailValue } from "../settings/values.ts";

export const accountId = sandboxAccount;
export const region = sandboxRegion;
export const member = "444455556666";
export const delegate = "777788889999";

/** What trails here are, where a test says nothing else. */
export const value: TrailValue = {
  bucket: "care-logs",
  prefix: "",
  topicArn: "",
  isMultiRegion: true,
  isOrganization: false,
  hasGlobalEvents: true,
  validatesLogFiles: true,
  keyArn: "",
  logGroupArn: "",
  logRoleArn: "",
};

export function arnOf(name: string, home = region): string {
  return `arn:aws:cloudtrail:${home}:${accountId}:trail/${name}`;
}

/** A policy as text. */
export function document(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** A sandbox with a bucket that takes every trail's files. */
export async function openBucket(): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  const s3 = await sandbox.client("s3");
  const { bucket: Bucket } = value;
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } });
  const allow = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } };
  await s3.call("PutBucketPolicy", {
    Bucket,
    Policy: document(
      { ...allow, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${Bucket}` },
      { ...allow, Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    ),
  });
  return sandbox;
}

/** A trail of the bucket's account, which does not log yet; resolves to a client of its home. */
export async function makeTrail(sandbox: TestSandbox, name: string, change: Partial<TrailValue> = {}, home = region) {
  const place = { accountId, region: home, arn: arnOf(name, home) };
  await trailSetting.put(place, { before: undefined, after: { ...value, ...change } }, sandboxAws(sandbox));
  return sandbox.client("cloudtrail", { region: home });
}

/** One organization, that trusts CloudTrail and leaves it to one of its two members. */
export async function makeOrganization(sandbox: TestSandbox) {
  const organizations = await sandbox.client("organizations");
  const { Organization } = await organizations.call("CreateOrganization", { FeatureSet: "ALL" });
  for (const id of [member, delegate]) {
    const { Handshake } = await organizations.call("InviteAccountToOrganization", {
      Target: { Id: id, Type: "ACCOUNT" },
    });
    const invited = await sandbox.client("organizations", { accountId: id });
    await invited.call("AcceptHandshake", { HandshakeId: Handshake?.Id });
  }
  const ServicePrincipal = "cloudtrail.amazonaws.com";
  await organizations.call("EnableAWSServiceAccess", { ServicePrincipal });
  await organizations.call("RegisterDelegatedAdministrator", { AccountId: delegate, ServicePrincipal });
  return { organizations, id: Organization?.Id ?? "" };
}

/** As a user who may do what the statements say. */
export async function userOf(sandbox: TestSandbox, id: string, ...statements: readonly object[]): Promise<SetupAws> {
  const iam = await sandbox.client("iam", { accountId: id });
  const { Users = [] } = await iam.call("ListUsers", {});
  const UserName = `looker-${Users.length}`;
  await iam.call("CreateUser", { UserName });
  await iam.call("PutUserPolicy", { UserName, PolicyName: "look", PolicyDocument: document(...statements) });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return sandboxAws(sandbox, { accessKeyId, secretAccessKey });
}
