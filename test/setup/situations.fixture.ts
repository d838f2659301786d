import { nameOf } from "../../src/setup/settings/place.ts";
import { type CareOptions, type CarePlace, deploymentName, manager, openCarePlace } from "./care.fixture.ts";
import type { SituationName } from "./drift-row.fixture.ts";
import { expireAfter, lockFor, openBucketFor, wayOf } from "./way.fixture.ts";

/** Opens an account whose way is set up and agreed on. */
export function openSituation(name: SituationName, options: CareOptions = {}): Promise<CarePlace> {
  return situations[name](options);
}

const situations: Readonly<Record<SituationName, (options: CareOptions) => Promise<CarePlace>>> = {
  async own(options) {
    const place = await openCarePlace(options);
    await place.setUp();
    return place;
  },
  organization: openOrganization,
  "two-trails": openTwoTrails,
  "single-region": openSingleRegion,
};

/** An organization's trail, encrypted, into a bucket that keeps its files as long as promised, locked. */
async function openOrganization(options: CareOptions): Promise<CarePlace> {
  const place = await openCarePlace({ ...options, accountId: manager, deployment: { retentionDays: 365 } });
  const { setup, admin } = place;
  await (await admin("organizations")).call("CreateOrganization", { FeatureSet: "ALL" });
  const keyArn = await makeKey(place);
  await place.setUp({ forOrganization: true, keyArn });
  const { wiring } = await setup.check(deploymentName, { repairs: false });
  const Bucket = nameOf(wayOf(wiring).bucket);
  const s3 = await admin("s3");
  await expireAfter(s3, Bucket, 400);
  await lockFor(s3, Bucket, 30);
  await setup.agree(deploymentName);
  return place;
}

/** A key that lets CloudTrail encrypt the log files of every trail of the account. */
async function makeKey({ admin, accountId }: CarePlace): Promise<string> {
  const trails = `arn:aws:cloudtrail:*:${accountId}:trail/*`;
  const cloudTrail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Resource: "*" };
  const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Resource: "*" };
  const StringLike = { "kms:EncryptionContext:aws:cloudtrail:arn": trails };
  const Statement = [
    { ...owner, Action: "kms:*" },
    { ...cloudTrail, Action: "kms:GenerateDataKey*", Condition: { StringLike } },
    { ...cloudTrail, Action: "kms:DescribeKey" },
  ];
  const kms = await admin("kms");
  const { KeyMetadata } = await kms.call("CreateKey", { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  return KeyMetadata?.Arn ?? "";
}

/** Beside our trail, another that records all regions for somebody else, into a bucket of its own. */
async function openTwoTrails(options: CareOptions): Promise<CarePlace> {
  const place = await openCarePlace(options);
  const { setup, admin } = place;
  await place.setUp({ keyArn: await makeKey(place) });
  const { wiring } = await setup.check(deploymentName, { repairs: false });
  const way = wayOf(wiring);
  const wide = { ...way.trail, arn: way.trail.arn.replace(nameOf(way.trail), "wide") };
  await openBucketFor(await admin("s3"), "wide-logs", place, { ...way, trail: wide });
  const trails = await admin("cloudtrail");
  await trails.call("CreateTrail", { Name: "wide", S3BucketName: "wide-logs", IsMultiRegionTrail: true });
  await trails.call("StartLogging", { Name: "wide" });
  return place;
}

/** The same, with our trail in one region only. */
async function openSingleRegion(options: CareOptions): Promise<CarePlace> {
  const place = await openTwoTrails(options);
  const { wiring } = await place.setup.check(deploymentName, { repairs: false });
  const change = { Name: wayOf(wiring).trail.arn, IsMultiRegionTrail: false };
  await (await place.admin("cloudtrail")).call("UpdateTrail", change);
  await place.setup.agree(deploymentName);
  return place;
}
