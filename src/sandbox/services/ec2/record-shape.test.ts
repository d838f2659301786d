import assert from "node:assert/strict";
import { test } from "node:test";

import { type InputOf } from "../../../aws/index.ts";
import { testEc2, type TestEc2 } from "./ec2.fixture.ts";

/** Request shapes as they stand in real records of the invictus-ir and TrailDiscover data sets. */
const cases: readonly { readonly name: string; readonly ask: (ec2: TestEc2) => unknown; readonly record: object }[] = [
  {
    name: "AuthorizeSecurityGroupIngress by permissions",
    ask: (ec2) =>
      noted(ec2, "AuthorizeSecurityGroupIngress", {
        GroupId: "sg-04cfb7a4712d75b00",
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "TLS from Internet" }],
          },
        ],
      }),
    record: {
      groupId: "sg-04cfb7a4712d75b00",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            groups: {},
            ipRanges: { items: [{ cidrIp: "0.0.0.0/0", description: "TLS from Internet" }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
  },
  {
    name: "AuthorizeSecurityGroupIngress by one rule",
    ask: (ec2) =>
      noted(ec2, "AuthorizeSecurityGroupIngress", {
        GroupId: "sg-04cfb7a4712d75b00",
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIp: "0.0.0.0/0",
      }),
    record: {
      groupId: "sg-04cfb7a4712d75b00",
      ipPermissions: {},
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIp: "0.0.0.0/0",
    },
  },
  {
    name: "RunInstances",
    ask: (ec2) =>
      noted(ec2, "RunInstances", {
        ImageId: "ami-0b98a32b1c5e0d105",
        KeyName: "MyKeyPair",
        MinCount: 1,
        MaxCount: 1,
        InstanceType: "t2.micro",
        ClientToken: "66fd95ee-16c3-4e4f-b66e-c660dff9068a",
      }),
    record: {
      blockDeviceMapping: {},
      clientToken: "66fd95ee-16c3-4e4f-b66e-c660dff9068a",
      disableApiStop: false,
      disableApiTermination: false,
      instanceType: "t2.micro",
      instancesSet: { items: [{ imageId: "ami-0b98a32b1c5e0d105", keyName: "MyKeyPair", maxCount: 1, minCount: 1 }] },
      monitoring: { enabled: false },
    },
  },
  {
    name: "ModifySnapshotAttribute",
    ask: (ec2) =>
      noted(ec2, "ModifySnapshotAttribute", {
        SnapshotId: "snap-083d3b857c13988bc",
        Attribute: "createVolumePermission",
        OperationType: "remove",
        UserIds: ["012345678912"],
      }),
    record: {
      snapshotId: "snap-083d3b857c13988bc",
      createVolumePermission: { remove: { items: [{ userId: "012345678912" }] } },
      attributeType: "CREATE_VOLUME_PERMISSION",
    },
  },
  {
    name: "CreateSecurityGroup",
    ask: (ec2) =>
      noted(ec2, "CreateSecurityGroup", {
        GroupName: "open-sg",
        Description: "Allow TLS inbound traffic",
        VpcId: "vpc-0e568b18707c87afa",
        TagSpecifications: [{ ResourceType: "security-group", Tags: [{ Key: "StratusRedTeam", Value: "true" }] }],
      }),
    record: {
      groupName: "open-sg",
      groupDescription: "Allow TLS inbound traffic",
      vpcId: "vpc-0e568b18707c87afa",
      tagSpecificationSet: {
        items: [{ resourceType: "security-group", tags: [{ key: "StratusRedTeam", value: "true" }] }],
      },
    },
  },
  {
    name: "CreateVolume",
    ask: (ec2) => noted(ec2, "CreateVolume", { Size: 80, AvailabilityZone: "us-east-1a", ClientToken: "765acc11" }),
    record: { size: "80", zone: "us-east-1a", clientToken: "765acc11" },
  },
  {
    name: "StopInstances",
    ask: (ec2) => noted(ec2, "StopInstances", { InstanceIds: ["i-ebeaf9e2"] }),
    record: { instancesSet: { items: [{ instanceId: "i-ebeaf9e2" }] }, force: false },
  },
];

// EC2 keeps the parameters of denied calls (44 of 44 records), so they are noted before policies are asked.
function noted<
  Name extends
    | "AuthorizeSecurityGroupIngress"
    | "RunInstances"
    | "ModifySnapshotAttribute"
    | "CreateSecurityGroup"
    | "CreateVolume"
    | "StopInstances",
>(ec2: TestEc2, name: Name, input: InputOf<"ec2", Name>): unknown {
  const call = ec2.callOn();
  ec2.needs(name, input, call);
  return call.notes[0]?.requestParameters;
}

for (const { name, ask, record } of cases) {
  test(`${name} is recorded as EC2 records it, denied or not`, () => {
    assert.deepEqual(ask(testEc2()), record);
  });
}

test("user data is never in a record", () => {
  const ec2 = testEc2();
  const call = ec2.callOn();
  const secret = Buffer.from("password=hunter2");
  ec2.needs("RunInstances", { ImageId: "ami-1", MinCount: 1, MaxCount: 1, UserData: secret.toString("base64") }, call);
  ec2.needs("ModifyInstanceAttribute", { InstanceId: "i-1", UserData: { Value: secret } }, call);
  ec2.needs(
    "ModifyInstanceAttribute",
    { InstanceId: "i-1", Attribute: "userData", Value: secret.toString("base64") },
    call,
  );
  assert.equal(call.notes.length, 3);
  const text = JSON.stringify(call.notes);
  assert.doesNotMatch(text, /hunter2|cGFzc3dvcmQ/);
});
