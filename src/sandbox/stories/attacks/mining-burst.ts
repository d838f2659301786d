import { type Actor } from "../actor.ts";
import { elsewhere } from "../places.ts";
import { allow, ensureUser, renewKey } from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const regions = ["eu-central-1", "us-east-1", "us-east-2", "ap-southeast-1"];
const groupName = "open-all";
const keyName = "kp-2026";

/** As many machines as can be had, in as many regions, for somebody else's money. */
export const miningBurst = defineStory({
  name: "mining-burst",
  title: "A burst of machines that mine",
  summary:
    "The key of the user ci-sandbox of Example Staging, used at 192.0.2.66, opens a security group to the world in four regions and asks for the largest machines there are; most are refused by the quota, some run",
  actors: [
    { name: "ci-sandbox", does: "starts small machines for tests" },
    { name: "miner", does: "has the key" },
  ],
  matters: {
    regions: matter("ec2", "DescribeRegions", "T1526", "The miner asks which regions there are"),
    keyPair: matter("ec2", "CreateKeyPair", "T1098.004", "A key pair is made in a region that nobody uses"),
    open: matter("ec2", "AuthorizeSecurityGroupIngress", "T1562.007", "SSH is opened to the whole world"),
    large: matter(
      "ec2",
      "RunInstances",
      "T1496.001",
      "Machines with eight GPUs are asked for, and refused by the quota",
    ),
    burst: matter("ec2", "RunInstances", "T1578.002", "As many machines as the quota allows are started at once"),
  },
  async setUp(stage) {
    const by = stage.administrator("staging");
    await ensureUser(by, { name: "ci-sandbox", statements: [allow("ec2:*")] });
    for (const region of regions) await tidyUp(by.in(region));
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const miner = stage.actor({
      name: "miner",
      accountId: accounts.staging,
      region: company.homeRegion,
      credentials: await renewKey(stage.administrator("staging"), "ci-sandbox"),
      tool: "boto",
      sourceIp: elsewhere.exitNode,
    });
    await miner.call("sts", "GetCallerIdentity", {});
    stage.mark(matters.regions);
    await miner.call("ec2", "DescribeRegions", {});
    for (const region of regions) {
      const there = miner.in(region);
      stage.mark(matters.keyPair);
      await there.call("ec2", "CreateKeyPair", { KeyName: keyName });
      const made = await there.call("ec2", "CreateSecurityGroup", { GroupName: groupName, Description: "open" });
      const GroupId = made.GroupId ?? "";
      stage.mark(matters.open);
      await there.call("ec2", "AuthorizeSecurityGroupIngress", {
        GroupId,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      });
      const images = await there.call("ec2", "DescribeImages", {
        Owners: ["amazon"],
        Filters: [{ Name: "name", Values: ["al2023*x86_64"] }],
      });
      const run = {
        ImageId: images.Images?.[0]?.ImageId,
        KeyName: keyName,
        SecurityGroupIds: [GroupId],
        MinCount: 1,
        UserData: Buffer.from("#!/bin/sh\n# mine\n").toString("base64"),
      };
      for (const InstanceType of ["p4d.24xlarge", "g5.48xlarge", "p3.16xlarge"] as const) {
        stage.mark(matters.large);
        await there.attempt("ec2", "RunInstances", { ...run, InstanceType, MaxCount: 4 });
      }
      stage.mark(matters.burst);
      await there.call("ec2", "RunInstances", { ...run, InstanceType: "c5.4xlarge", MaxCount: 20 });
      await there.call("ec2", "DescribeInstances", {});
      await stage.pause(1 + random.int(3));
    }
  },
});

/** Takes away what an earlier play has left. */
async function tidyUp(by: Actor): Promise<void> {
  const mine = [{ Name: "key-name", Values: [keyName] }];
  const told = await by.call("ec2", "DescribeInstances", { Filters: mine });
  const left = (told.Reservations ?? []).flatMap(({ Instances = [] }) =>
    Instances.flatMap(({ InstanceId }) => (InstanceId === undefined ? [] : [InstanceId])),
  );
  if (left.length > 0) await by.call("ec2", "TerminateInstances", { InstanceIds: left });
  await by.attempt("ec2", "DeleteSecurityGroup", { GroupName: groupName });
  await by.call("ec2", "DeleteKeyPair", { KeyName: keyName });
}
