import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, testEc2, testProfile } from "./ec2.fixture.ts";

const refused = (code: string) => (error: unknown) => error instanceof Error && error.name === code;

test("every account has a default VPC with a subnet in each zone and a default group, in every region", async () => {
  const ec2 = testEc2();
  const vpcs = await ec2.ask("DescribeVpcs", { Filters: [{ Name: "is-default", Values: ["true"] }] });
  assert.equal(vpcs.Vpcs?.[0]?.CidrBlock, "172.31.0.0/16");
  const call = ec2.callOn({ region: "eu-central-1" });
  const there = await ec2.ask("DescribeVpcs", {}, call);
  assert.notEqual(there.Vpcs?.[0]?.VpcId, vpcs.Vpcs?.[0]?.VpcId);
  const subnets = await ec2.ask("DescribeSubnets", {}, call);
  assert.deepEqual(subnets.Subnets?.map(({ AvailabilityZone }) => AvailabilityZone).sort(), [
    "eu-central-1a",
    "eu-central-1b",
    "eu-central-1c",
  ]);
});

test("an instance is pending, then running, then stopped, then gone, as the clock goes", async () => {
  const ec2 = testEc2();
  const id = await launch(ec2);
  const stateNow = async () => {
    const told = await ec2.ask("DescribeInstances", { InstanceIds: [id] });
    return told.Reservations?.[0]?.Instances?.[0]?.State?.Name;
  };
  assert.equal(await stateNow(), "pending");
  ec2.world.clock.advance(20_000);
  assert.equal(await stateNow(), "running");
  await ec2.ask("StopInstances", { InstanceIds: [id] });
  assert.equal(await stateNow(), "stopping");
  ec2.world.clock.advance(30_000);
  assert.equal(await stateNow(), "stopped");
  const ended = await ec2.ask("TerminateInstances", { InstanceIds: [id] });
  assert.deepEqual(ended.TerminatingInstances, [
    {
      InstanceId: id,
      CurrentState: { Code: 32, Name: "shutting-down" },
      PreviousState: { Code: 80, Name: "stopped" },
    },
  ]);
  ec2.world.clock.advance(30_000);
  assert.equal(await stateNow(), "terminated");
  ec2.world.clock.advance(3_600_001);
  await assert.rejects(stateNow(), refused("InvalidInstanceID.NotFound"));
});

test("a dry run changes nothing and says that it would have gone well; a wrong one says what is wrong", async () => {
  const ec2 = testEc2();
  const image = (await ec2.ask("DescribeImages", {})).Images?.find(({ Architecture }) => Architecture === "x86_64");
  const input = { ImageId: image?.ImageId, InstanceType: "t3.micro" as const, MinCount: 1, MaxCount: 1, DryRun: true };
  await assert.rejects(ec2.ask("RunInstances", input), refused("DryRunOperation"));
  assert.deepEqual((await ec2.ask("DescribeInstances", {})).Reservations, []);
  assert.deepEqual((await ec2.ask("DescribeVolumes", {})).Volumes, []);
  const wrong = { ...input, ImageId: "ami-0123456789abcdef0" };
  await assert.rejects(ec2.ask("RunInstances", wrong), refused("InvalidAMIID.NotFound"));
});

test("more virtual CPUs than the quota allows are refused, and a burst starts as many as fit", async () => {
  const ec2 = testEc2();
  await assert.rejects(launch(ec2, { InstanceType: "p4d.24xlarge" }), refused("VcpuLimitExceeded"));
  await launch(ec2, { InstanceType: "c5.4xlarge", MinCount: 1, MaxCount: 10 });
  const told = await ec2.ask("DescribeInstances", {});
  assert.equal(told.Reservations?.[0]?.Instances?.length, 4);
});

test("the same client token starts nothing twice", async () => {
  const ec2 = testEc2();
  const first = await launch(ec2, { ClientToken: "once" });
  assert.equal(await launch(ec2, { ClientToken: "once" }), first);
  await assert.rejects(launch(ec2, { ClientToken: "once", MaxCount: 2 }), refused("IdempotentParameterMismatch"));
});

test("an instance protected from it is not terminated (API Reference, ModifyInstanceAttribute)", async () => {
  const ec2 = testEc2();
  const id = await launch(ec2, { DisableApiTermination: true });
  await assert.rejects(ec2.ask("TerminateInstances", { InstanceIds: [id] }), refused("OperationNotPermitted"));
  await ec2.ask("ModifyInstanceAttribute", { InstanceId: id, DisableApiTermination: { Value: false } });
  await ec2.ask("TerminateInstances", { InstanceIds: [id] });
  assert.deepEqual((await ec2.ask("DescribeVolumes", {})).Volumes, []);
});

test("user data changes only while the instance stands still", async () => {
  const ec2 = testEc2();
  const id = await launch(ec2);
  const change = { InstanceId: id, UserData: { Value: Buffer.from("#!/bin/sh") } };
  await assert.rejects(ec2.ask("ModifyInstanceAttribute", change), refused("IncorrectInstanceState"));
  ec2.world.clock.advance(20_000);
  await ec2.ask("StopInstances", { InstanceIds: [id] });
  ec2.world.clock.advance(30_000);
  await ec2.ask("ModifyInstanceAttribute", change);
  const told = await ec2.ask("DescribeInstanceAttribute", { InstanceId: id, Attribute: "userData" });
  assert.equal(told.UserData?.Value, Buffer.from("#!/bin/sh").toString("base64"));
});

test("a role is passed to an instance by its profile, which needs iam:PassRole", async () => {
  const ec2 = testEc2();
  const id = await launch(ec2, { IamInstanceProfile: { Name: "web" } });
  const told = await ec2.ask("DescribeIamInstanceProfileAssociations", {});
  assert.equal(told.IamInstanceProfileAssociations?.[0]?.InstanceId, id);
  const needs = ec2.needs("RunInstances", {
    ImageId: "ami-0",
    MinCount: 1,
    MaxCount: 1,
    IamInstanceProfile: { Name: "web" },
  });
  assert.ok(needs.some(({ action, resource }) => action === "iam:PassRole" && resource === testProfile.roleArn));
  await assert.rejects(launch(ec2, { IamInstanceProfile: { Name: "nobody" } }), refused("InvalidParameterValue"));
});

test("a security group takes a rule once and gives it back", async () => {
  const ec2 = testEc2();
  const { GroupId } = await ec2.ask("CreateSecurityGroup", { GroupName: "web", Description: "web servers" });
  const rule = {
    GroupId,
    IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
  };
  const { SecurityGroupRules } = await ec2.ask("AuthorizeSecurityGroupIngress", rule);
  assert.equal(SecurityGroupRules?.[0]?.CidrIpv4, "0.0.0.0/0");
  await assert.rejects(ec2.ask("AuthorizeSecurityGroupIngress", rule), refused("InvalidPermission.Duplicate"));
  const open = await ec2.ask("DescribeSecurityGroups", {
    Filters: [{ Name: "ip-permission.cidr", Values: ["0.0.0.0/0"] }],
  });
  assert.deepEqual(
    open.SecurityGroups?.map(({ GroupName }) => GroupName),
    ["web"],
  );
  await ec2.ask("RevokeSecurityGroupIngress", rule);
  await assert.rejects(ec2.ask("RevokeSecurityGroupIngress", rule), refused("InvalidPermission.NotFound"));
});

test("a snapshot that is shared with all is seen from other accounts; an encrypted one cannot be", async () => {
  const ec2 = testEc2();
  const share = async (Encrypted: boolean) => {
    const volume = await ec2.ask("CreateVolume", { AvailabilityZone: "us-east-1a", Size: 8, Encrypted });
    const { SnapshotId } = await ec2.ask("CreateSnapshot", { VolumeId: volume.VolumeId });
    await ec2.ask("ModifySnapshotAttribute", {
      SnapshotId,
      Attribute: "createVolumePermission",
      OperationType: "add",
      GroupNames: ["all"],
    });
    return SnapshotId;
  };
  const id = await share(false);
  const other = ec2.callOn({ accountId: "444455556666" });
  const seen = await ec2.ask("DescribeSnapshots", { RestorableByUserIds: ["all"] }, other);
  assert.deepEqual(
    seen.Snapshots?.map(({ SnapshotId }) => SnapshotId),
    [id],
  );
  // EBS User Guide, "Share a snapshot": encrypted snapshots cannot be made public.
  await assert.rejects(share(true), refused("OperationNotPermitted"));
});

test("things that belong together are not deleted one without the other", async () => {
  const ec2 = testEc2();
  const { Vpc } = await ec2.ask("CreateVpc", { CidrBlock: "10.0.0.0/16" });
  const { Subnet } = await ec2.ask("CreateSubnet", { VpcId: Vpc?.VpcId, CidrBlock: "10.0.1.0/24" });
  await assert.rejects(ec2.ask("DeleteVpc", { VpcId: Vpc?.VpcId }), refused("DependencyViolation"));
  await ec2.ask("DeleteSubnet", { SubnetId: Subnet?.SubnetId });
  await ec2.ask("DeleteVpc", { VpcId: Vpc?.VpcId });
  const id = await launch(ec2);
  const volume = (await ec2.ask("DescribeVolumes", { Filters: [{ Name: "attachment.instance-id", Values: [id] }] }))
    .Volumes?.[0];
  await assert.rejects(ec2.ask("DeleteVolume", { VolumeId: volume?.VolumeId }), refused("VolumeInUse"));
});

test("what EC2 is asked and does not do here is refused, not overlooked", async () => {
  const ec2 = testEc2();
  await assert.rejects(launch(ec2, { HibernationOptions: { Configured: true } }), refused("UnsupportedOperation"));
  const filter = { Filters: [{ Name: "no-such-filter", Values: ["x"] }] };
  await assert.rejects(ec2.ask("DescribeInstances", filter), refused("InvalidParameterValue"));
  const id = await launch(ec2);
  await assert.rejects(ec2.ask("GetPasswordData", { InstanceId: id }), refused("UnsupportedOperation"));
  await assert.rejects(ec2.ask("GetConsoleOutput", { InstanceId: id }), refused("UnsupportedOperation"));
});

test("long lists come in pages, and a made-up token is refused", async () => {
  const ec2 = testEc2();
  for (let count = 0; count < 7; count += 1) await launch(ec2, { InstanceType: "t3.micro" });
  const first = await ec2.ask("DescribeInstances", { MaxResults: 5 });
  const second = await ec2.ask("DescribeInstances", { MaxResults: 5, NextToken: first.NextToken });
  assert.equal((first.Reservations?.length ?? 0) + (second.Reservations?.length ?? 0), 7);
  assert.equal(second.NextToken, undefined);
  await assert.rejects(ec2.ask("DescribeInstances", { MaxResults: 5, NextToken: "x" }), refused("InvalidNextToken"));
  await assert.rejects(ec2.ask("DescribeInstances", { MaxResults: 4 }), refused("InvalidParameterValue"));
});

test('tags are found by filters, and reserved ones are refused (EC2 User Guide, "Tag restrictions")', async () => {
  const ec2 = testEc2();
  const id = await launch(ec2, {
    TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "web-1" }] }],
  });
  await ec2.ask("CreateTags", {
    Resources: [id],
    Tags: [
      { Key: "team", Value: "orders" },
      { Key: "__proto__", Value: "x" },
    ],
  });
  const found = await ec2.ask("DescribeInstances", { Filters: [{ Name: "tag:Name", Values: ["web-*"] }] });
  assert.equal(found.Reservations?.[0]?.Instances?.[0]?.InstanceId, id);
  const tags = await ec2.ask("DescribeTags", { Filters: [{ Name: "resource-id", Values: [id] }] });
  assert.deepEqual(tags.Tags?.map(({ Key }) => Key).sort(), ["Name", "__proto__", "team"]);
  const reserved = { Resources: [id], Tags: [{ Key: "aws:made-up", Value: "x" }] };
  await assert.rejects(ec2.ask("CreateTags", reserved), refused("InvalidParameterValue"));
});

test("EBS encryption by default holds for volumes made from then on", async () => {
  const ec2 = testEc2();
  const make = async () => (await ec2.ask("CreateVolume", { AvailabilityZone: "us-east-1a", Size: 1 })).Encrypted;
  assert.equal(await make(), false);
  await ec2.ask("EnableEbsEncryptionByDefault", {});
  assert.equal(await make(), true);
  assert.equal((await ec2.ask("GetEbsEncryptionByDefault", {})).EbsEncryptionByDefault, true);
});

test("flow logs are made, told and deleted", async () => {
  const ec2 = testEc2();
  const vpcId = (await ec2.ask("DescribeVpcs", {})).Vpcs?.[0]?.VpcId ?? "";
  const input = {
    ResourceIds: [vpcId],
    ResourceType: "VPC" as const,
    TrafficType: "ALL" as const,
    LogDestinationType: "s3" as const,
    LogDestination: "arn:aws:s3:::example-flow-logs",
  };
  const { FlowLogIds } = await ec2.ask("CreateFlowLogs", input);
  const told = await ec2.ask("DescribeFlowLogs", { Filter: [{ Name: "resource-id", Values: [vpcId] }] });
  assert.equal(told.FlowLogs?.[0]?.FlowLogId, FlowLogIds?.[0]);
  await ec2.ask("DeleteFlowLogs", { FlowLogIds });
  assert.deepEqual((await ec2.ask("DescribeFlowLogs", {})).FlowLogs, []);
});
