import { type Aws, defineCases, outcome } from "../contract-case.ts";

const codes = 'EC2 Developer Guide, "Error codes for the Amazon EC2 API"';

async function groupOf(aws: Aws): Promise<string> {
  const { Vpcs: [vpc] = [] } = await aws.call("ec2", "DescribeVpcs", {
    Filters: [{ Name: "is-default", Values: ["true"] }],
  });
  const { GroupId = "" } = await aws.call("ec2", "CreateSecurityGroup", {
    GroupName: aws.name("group"),
    Description: "of a case",
    VpcId: vpc?.VpcId,
  });
  return GroupId;
}

export const ec2Cases = defineCases([
  {
    name: "regions are told, with their endpoints",
    source: "EC2 API Reference, DescribeRegions",
    run: async (aws) => {
      const { Regions = [] } = await aws.call("ec2", "DescribeRegions", { RegionNames: ["eu-central-1"] });
      return Regions.map(({ RegionName, Endpoint, OptInStatus }) => [RegionName, Endpoint, OptInStatus]);
    },
    expected: [["eu-central-1", "ec2.eu-central-1.amazonaws.com", "opt-in-not-required"]],
  },
  {
    name: "a region has a default network with a subnet in each zone",
    source: 'VPC User Guide, "Default VPCs"',
    run: async (aws) => {
      const { Vpcs = [] } = await aws.call("ec2", "DescribeVpcs", {
        Filters: [{ Name: "is-default", Values: ["true"] }],
      });
      const { Subnets = [] } = await aws.call("ec2", "DescribeSubnets", {
        Filters: [{ Name: "vpc-id", Values: [Vpcs[0]?.VpcId ?? ""] }],
      });
      const { AvailabilityZones = [] } = await aws.call("ec2", "DescribeAvailabilityZones", {});
      return [
        Vpcs.map(({ CidrBlock, IsDefault }) => [CidrBlock, IsDefault]),
        Subnets.length === AvailabilityZones.length,
      ];
    },
    expected: [[["172.31.0.0/16", true]], true],
  },
  ...(
    [
      ["DescribeInstances", { InstanceIds: ["i-0123456789abcdef0"] }, "InvalidInstanceID.NotFound 400"],
      ["DescribeInstances", { InstanceIds: ["nonsense"] }, "InvalidInstanceID.Malformed 400"],
      ["DescribeSecurityGroups", { GroupIds: ["sg-0123456789abcdef0"] }, "InvalidGroup.NotFound 400"],
      ["DescribeVpcs", { VpcIds: ["vpc-0123456789abcdef0"] }, "InvalidVpcID.NotFound 400"],
      ["DescribeSubnets", { SubnetIds: ["subnet-0123456789abcdef0"] }, "InvalidSubnetID.NotFound 400"],
      ["DescribeVolumes", { VolumeIds: ["vol-0123456789abcdef0"] }, "InvalidVolume.NotFound 400"],
      ["DescribeKeyPairs", { KeyNames: ["contract-none"] }, "InvalidKeyPair.NotFound 400"],
    ] as const
  ).map(([operation, input, expected]) => ({
    name: `${operation} of ${JSON.stringify(input)} is refused`,
    source: codes,
    run: (aws: Aws) => outcome(aws.call("ec2", operation, input as object)),
    expected,
  })),
  {
    name: "an instance is started, described by its tag, stopped and ended",
    source: 'EC2 User Guide, "Amazon EC2 instance state changes"',
    run: async (aws) => {
      const { Images: [image] = [] } = await aws.call("ec2", "DescribeImages", {
        Filters: [{ Name: "architecture", Values: ["x86_64"] }],
      });
      const Name = aws.name("instance");
      const { Instances: [made] = [] } = await aws.call("ec2", "RunInstances", {
        ImageId: image?.ImageId ?? "",
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: Name }] }],
      });
      const { Reservations = [] } = await aws.call("ec2", "DescribeInstances", {
        Filters: [{ Name: "tag:Name", Values: [Name] }],
      });
      const InstanceIds = [made?.InstanceId ?? ""];
      const ended = await aws.call("ec2", "TerminateInstances", { InstanceIds });
      return {
        type: made?.InstanceType,
        state: made?.State?.Name,
        found: Reservations.flatMap(({ Instances = [] }) =>
          Instances.map(({ InstanceId }) => InstanceId === made?.InstanceId),
        ),
        ended: ended.TerminatingInstances?.map(({ CurrentState }) => CurrentState?.Name),
      };
    },
    expected: { type: "t3.micro", state: "pending", found: [true], ended: ["shutting-down"] },
  },
  {
    name: "a group's rule is let in once, and taken out",
    source: "EC2 API Reference, AuthorizeSecurityGroupIngress; InvalidPermission.Duplicate",
    run: async (aws) => {
      const GroupId = await groupOf(aws);
      const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
      const letIn = () => outcome(aws.call("ec2", "AuthorizeSecurityGroupIngress", { GroupId, IpPermissions }));
      const twice = [await letIn(), await letIn()];
      const { SecurityGroups: [group] = [] } = await aws.call("ec2", "DescribeSecurityGroups", { GroupIds: [GroupId] });
      await aws.call("ec2", "RevokeSecurityGroupIngress", { GroupId, IpPermissions });
      return [
        twice,
        group?.IpPermissions?.map(({ IpProtocol, FromPort, IpRanges }) => [
          IpProtocol,
          FromPort,
          IpRanges?.map(({ CidrIp }) => CidrIp),
        ]),
        await outcome(aws.call("ec2", "RevokeSecurityGroupIngress", { GroupId, IpPermissions })),
        await outcome(aws.call("ec2", "DeleteSecurityGroup", { GroupId })),
      ];
    },
    expected: [
      ["taken", "InvalidPermission.Duplicate 400"],
      [["tcp", 22, ["0.0.0.0/0"]]],
      "InvalidPermission.NotFound 400",
      "taken",
    ],
  },
  {
    name: "a call that is only tried out says that it would have gone",
    source: `${codes}, DryRunOperation`,
    run: async (aws) =>
      await outcome(
        aws.call("ec2", "CreateSecurityGroup", { GroupName: aws.name("dry"), Description: "dry", DryRun: true }),
      ),
    expected: "DryRunOperation 412",
  },
]);
