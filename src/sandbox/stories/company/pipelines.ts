import { bucketIn } from "../places.ts";
import { type Stage } from "../stage.ts";
import { type Cast, deployRole } from "./cast.ts";

/** A pipeline deploys: takes on a role in another account, brings an artefact, tags what it deployed to. */
export async function deploy(stage: Stage, { buildAgent }: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const account = random.pick(["shop", "staging", "staging", "data"] as const);
  const agent = stage.actor({
    name: "build-agent",
    accountId: accounts.shop,
    region: company.homeRegion,
    credentials: buildAgent,
    tool: "cli-on-github",
    sourceIp: `198.51.100.${100 + random.int(90)}`,
  });
  await agent.call("sts", "GetCallerIdentity", {});
  const sessionName = `GitHubActions-${1_000_000_000 + random.int(9_000_000_000)}`;
  const session = await agent.assume({ accountId: accounts[account], name: deployRole, sessionName });
  const Bucket = bucketIn(stage, account, "artifacts");
  const Key = `orders/${random.hex(40)}.zip`;
  await session.attempt("s3", "HeadObject", { Bucket, Key });
  await session.call("s3", "PutObject", { Bucket, Key, Body: random.base64(2000), ContentType: "application/zip" });
  await stage.pause(0.5 + random.fraction());
  const vpcs = await session.call("ec2", "DescribeVpcs", {});
  await session.call("ec2", "DescribeSubnets", {});
  const Resources = (vpcs.Vpcs ?? []).flatMap(({ VpcId }) => (VpcId === undefined ? [] : [VpcId]));
  if (Resources.length > 0) {
    await session.call("ec2", "CreateTags", { Resources, Tags: [{ Key: "deployed", Value: random.hex(8) }] });
  }
  await session.call("iam", "TagRole", { RoleName: deployRole, Tags: [{ Key: "deployed", Value: random.hex(8) }] });
  await session.call("s3", "GetObject", { Bucket, Key });
}

/** Terraform looks at everything it keeps, as it does before each plan. */
export async function planInfrastructure(stage: Stage, { buildAgent }: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const account = random.pick(["shop", "staging", "data"] as const);
  const agent = stage.actor({
    name: "build-agent",
    accountId: accounts.shop,
    region: company.homeRegion,
    credentials: buildAgent,
    tool: "terraform",
    sourceIp: "198.51.100.20",
  });
  const session = await agent.assume({ accountId: accounts[account], name: deployRole, sessionName: "terraform" });
  await session.call("sts", "GetCallerIdentity", {});
  for (const use of ["artifacts", "orders", "reports"] as const) {
    const Bucket = bucketIn(stage, account, use);
    await session.attempt("s3", "HeadBucket", { Bucket });
    await session.attempt("s3", "GetBucketPolicy", { Bucket });
    await session.attempt("s3", "GetBucketAcl", { Bucket });
    await session.attempt("s3", "GetBucketVersioning", { Bucket });
    await session.attempt("s3", "GetBucketEncryption", { Bucket });
    await session.attempt("s3", "GetPublicAccessBlock", { Bucket });
    await stage.pause(0.1);
  }
  await session.call("iam", "GetRole", { RoleName: deployRole });
  await session.call("iam", "ListRolePolicies", { RoleName: deployRole });
  await session.call("iam", "ListAttachedRolePolicies", { RoleName: deployRole });
  await session.call("ec2", "DescribeVpcs", {});
  await session.call("ec2", "DescribeSecurityGroups", {});
  const TopicArn = `arn:aws:sns:${company.homeRegion}:${accounts[account]}:orders-events`;
  await session.attempt("sns", "GetTopicAttributes", { TopicArn });
  await session.attempt("sqs", "GetQueueUrl", { QueueName: "orders-jobs" });
  await session.attempt("kms", "DescribeKey", { KeyId: "alias/orders" });
}
