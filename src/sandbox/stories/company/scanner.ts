import { type Stage } from "../stage.ts";
import { type Cast, guardExternalId, guardRole } from "./cast.ts";

/** The security scanner goes through all accounts and looks at what everybody forgets. */
export async function scan(stage: Stage, { guard }: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const scanner = stage.actor({
    name: "example-guard",
    accountId: accounts.data,
    region: company.homeRegion,
    credentials: guard,
    tool: "go",
    sourceIp: "192.0.2.200",
  });
  const sessionName = `scan-${random.hex(8)}`;
  for (const accountId of Object.values(accounts)) {
    const session = await scanner.assume({ accountId, name: guardRole, sessionName, externalId: guardExternalId });
    const { Users = [] } = await session.call("iam", "ListUsers", {});
    for (const { UserName } of Users.slice(0, 5)) {
      await session.attempt("iam", "ListAccessKeys", { UserName });
      await session.attempt("iam", "ListMFADevices", { UserName });
    }
    await session.attempt("iam", "GetAccountPasswordPolicy", {});
    await session.attempt("iam", "GetAccountSummary", {});
    const { Buckets = [] } = (await session.attempt("s3", "ListBuckets", {})) ?? {};
    for (const { Name: Bucket } of Buckets.slice(0, 4)) {
      await session.attempt("s3", "GetBucketPolicyStatus", { Bucket });
      await session.attempt("s3", "GetPublicAccessBlock", { Bucket });
      await session.attempt("s3", "GetBucketEncryption", { Bucket });
    }
    for (const region of company.regions) {
      const there = session.in(region);
      await there.attempt("ec2", "DescribeSecurityGroups", {});
      await there.attempt("ec2", "DescribeSnapshots", { OwnerIds: ["self"] });
      await there.attempt("ec2", "GetEbsEncryptionByDefault", {});
      await there.attempt("cloudtrail", "DescribeTrails", {});
      await stage.pause(0.2);
    }
    await stage.pause(1 + random.int(3));
  }
}
