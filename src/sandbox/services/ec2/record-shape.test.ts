import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, testEc2 } from "./ec2.fixture.ts";
import { printNewer, printOlder } from "./record-shape.ts";

/** Request shapes as they stand in real records of the invictus-ir and TrailDiscover data sets. */
const cases: readonly {
  readonly name: string;
  readonly input: object;
  readonly always: readonly string[];
  readonly record: object;
}[] = [
  {
    name: "DescribeInstances of everything",
    input: {},
    always: ["InstanceIds", "Filters"],
    record: { instancesSet: {}, filterSet: {} },
  },
  {
    name: "DescribeSecurityGroups by filters",
    input: { Filters: [{ Name: "group-name", Values: ["default"] }] },
    always: ["GroupNames", "GroupIds", "Filters"],
    record: {
      securityGroupSet: {},
      securityGroupIdSet: {},
      filterSet: { items: [{ name: "group-name", valueSet: { items: [{ value: "default" }] } }] },
    },
  },
  {
    name: "DescribeSnapshots of one's own",
    input: { MaxResults: 1000, OwnerIds: ["self"] },
    always: ["SnapshotIds", "OwnerIds", "RestorableByUserIds", "Filters"],
    record: {
      maxResults: 1000,
      snapshotSet: {},
      ownersSet: { items: [{ owner: "self" }] },
      sharedUsersSet: {},
      filterSet: {},
    },
  },
  {
    name: "AuthorizeSecurityGroupIngress",
    input: {
      GroupId: "sg-04cfb7a4712d75b00",
      IpPermissions: [
        {
          IpProtocol: "tcp",
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "TLS from Internet" }],
        },
      ],
    },
    always: ["IpPermissions"],
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
    name: "CreateTags",
    input: { Resources: ["ami-0aa1d83d0b0985c86"], Tags: [{ Key: "StratusRedTeam", Value: "true" }] },
    always: [],
    record: {
      resourcesSet: { items: [{ resourceId: "ami-0aa1d83d0b0985c86" }] },
      tagSet: { items: [{ key: "StratusRedTeam", value: "true" }] },
    },
  },
];

for (const { name, input, always, record } of cases) {
  test(`${name} is recorded as EC2 records it`, () => {
    assert.deepEqual(printOlder(input, always), record);
  });
}

test("newer operations are recorded under the name of their request, lists with their places", () => {
  assert.deepEqual(printNewer("DeleteFlowLogs", { FlowLogIds: ["fl-0e17aa62a21d4bbfe"] }), {
    DeleteFlowLogsRequest: { FlowLogId: { content: "fl-0e17aa62a21d4bbfe", tag: 1 } },
  });
  assert.deepEqual(printNewer("DescribeFlowLogs", { Filter: [{ Name: "resource-id", Values: ["vpc-1"] }] }), {
    DescribeFlowLogsRequest: { Filter: { Name: "resource-id", Value: { content: "vpc-1", tag: 1 }, tag: 1 } },
  });
  assert.deepEqual(printNewer("GetEbsEncryptionByDefault", {}), { GetEbsEncryptionByDefaultRequest: "" });
});

test("a key pair is recorded without its key, and user data never", async () => {
  const ec2 = testEc2();
  const { output, responseElements } = await ec2.record("CreateKeyPair", { KeyName: "mykeypair" });
  assert.match(output.KeyMaterial ?? "", /BEGIN RSA PRIVATE KEY/);
  assert.deepEqual(Object.keys(responseElements ?? {}).sort(), [
    "keyFingerprint",
    "keyMaterial",
    "keyName",
    "keyPairId",
    "requestId",
  ]);
  assert.equal(responseElements?.["keyMaterial"], "<sensitiveDataRemoved>");
  const secret = Buffer.from("password=hunter2").toString("base64");
  const image = (await ec2.ask("DescribeImages", {})).Images?.find(({ Architecture }) => Architecture === "x86_64");
  const run = await ec2.record("RunInstances", { ImageId: image?.ImageId, MinCount: 1, MaxCount: 1, UserData: secret });
  assert.equal(run.requestParameters?.["userData"], "<sensitiveDataRemoved>");
  assert.doesNotMatch(JSON.stringify([run.requestParameters, run.responseElements]), new RegExp(secret.slice(0, 10)));
});

test("an operation that answers nothing is recorded as done", async () => {
  const ec2 = testEc2();
  const id = await launch(ec2);
  const { responseElements } = await ec2.record("CreateTags", { Resources: [id], Tags: [{ Key: "a", Value: "b" }] });
  assert.deepEqual(
    Object.entries(responseElements ?? {}).map(([name]) => name),
    ["requestId", "_return"],
  );
});

test("a denied call keeps its parameters, for they are noted before anybody is refused", () => {
  const ec2 = testEc2();
  const call = ec2.callOn();
  ec2.needs("StopInstances", { InstanceIds: ["i-1"] }, call);
  assert.deepEqual(call.notes[0]?.requestParameters, {
    instancesSet: { items: [{ instanceId: "i-1" }] },
    force: false,
  });
});
