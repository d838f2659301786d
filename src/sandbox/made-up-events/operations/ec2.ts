import type { JsonObject } from "../record.ts";
import { authorizeIngress, changeState, createNetworkInterface, items, runInstances } from "./ec2-changes.ts";
import { inService, type Operation } from "./operation.ts";

const ec2 = inService({ prefix: "ec2", version: "1.10" });

function nameFilter(name: string, ...values: readonly string[]): JsonObject {
  return items({ name, valueSet: items(...values.map((value) => ({ value }))) });
}

/** EC2 calls: instances, networks, volumes, images. */
export const ec2Operations: readonly Operation[] = [
  ec2.reads("DescribeInstances", ({ random, place }) => ({
    request: random.chance(0.6)
      ? { instancesSet: items({ instanceId: random.pick(place.instances) }), filterSet: {} }
      : {
          maxResults: 1000,
          instancesSet: {},
          filterSet: nameFilter("instance-state-name", "running", "pending"),
        },
  })),
  ec2.reads("DescribeInstanceStatus", ({ random, place }) => ({
    request: {
      instancesSet: items({ instanceId: random.pick(place.instances) }),
      filterSet: {},
      includeAllInstances: true,
    },
  })),
  ec2.reads("DescribeSecurityGroups", ({ random, place }) => ({
    request: {
      maxResults: 1000,
      securityGroupSet: {},
      securityGroupIdSet: items({ groupId: random.pick(place.securityGroups) }),
      filterSet: {},
    },
  })),
  ec2.reads("DescribeVpcs", ({ place }) => ({
    request: { vpcSet: items({ vpcId: place.vpc }), filterSet: {} },
  })),
  ec2.reads("DescribeSubnets", ({ place }) => ({
    request: { subnetSet: {}, filterSet: nameFilter("vpc-id", place.vpc) },
  })),
  ec2.reads("DescribeRouteTables", ({ place }) => ({
    request: { routeTableIdSet: {}, filterSet: nameFilter("vpc-id", place.vpc) },
  })),
  ec2.reads("DescribeVolumes", ({ random, place }) => ({
    request: {
      maxResults: 500,
      volumeSet: items({ volumeId: random.pick(place.volumes) }),
      filterSet: {},
    },
  })),
  ec2.reads("DescribeSnapshots", ({ place }) => ({
    request: {
      maxResults: 500,
      sharedUsersSet: {},
      snapshotSet: {},
      ownersSet: items({ owner: place.accountId }),
      filterSet: {},
    },
  })),
  ec2.reads("DescribeImages", ({ place }) => ({
    request: {
      imagesSet: {},
      ownersSet: items({ owner: place.accountId }),
      executableBySet: {},
      filterSet: {},
    },
  })),
  ec2.reads("DescribeNetworkInterfaces", ({ place }) => ({
    request: { networkInterfaceIdSet: {}, filterSet: nameFilter("vpc-id", place.vpc) },
  })),
  ec2.reads("DescribeRegions", () => ({ request: { regionSet: {}, allRegions: true } })),
  ec2.reads("DescribeAvailabilityZones", () => ({
    request: { availabilityZoneSet: {}, availabilityZoneIdSet: {} },
  })),
  ec2.reads("DescribeTags", ({ random, place }) => ({
    request: { filterSet: nameFilter("resource-id", random.pick(place.instances)) },
  })),
  ec2.reads("DescribeAddresses", () => ({
    request: { publicIpsSet: {}, allocationIdsSet: {}, filterSet: {} },
  })),
  ec2.reads("DescribeFlowLogs", ({ place }) => ({
    request: {
      DescribeFlowLogsRequest: {
        Filter: { Name: "resource-id", Value: { content: place.vpc, tag: 1 }, tag: 1 },
      },
    },
  })),
  ec2.reads("DescribeInstanceAttribute", ({ random, place }) => ({
    request: { instanceId: random.pick(place.instances), attribute: "userData" },
  })),
  ec2.reads("GetEbsEncryptionByDefault", () => ({
    request: { GetEbsEncryptionByDefaultRequest: "" },
  })),
  ec2.writes("RunInstances", (call) => runInstances(call, "t3.large", 1)),
  ec2.writes("TerminateInstances", (call) => changeState(call, { code: 32, name: "shutting-down" })),
  ec2.writes("StopInstances", (call) => changeState(call, { code: 64, name: "stopping" }, { force: false })),
  ec2.writes("StartInstances", (call) => changeState(call, { code: 0, name: "pending" })),
  ec2.writes("CreateTags", ({ random, place }) => ({
    request: {
      resourcesSet: items({ resourceId: random.pick(place.instances) }),
      tagSet: items({ key: "team", value: "orders" }, { key: "cost-centre", value: String(4000 + random.int(40)) }),
    },
    response: { requestId: random.uuid(), _return: true },
  })),
  ec2.writes("CreateSnapshot", (call) => {
    const volumeId = call.random.pick(call.place.volumes);
    return {
      request: {
        volumeId,
        description: "nightly",
        tagSpecificationSet: items({
          resourceType: "snapshot",
          tags: [{ key: "backup", value: "nightly" }],
        }),
      },
      response: {
        requestId: call.random.uuid(),
        snapshotId: `snap-0${call.random.hex(16)}`,
        volumeId,
        status: "pending",
        startTime: call.at,
        progress: "",
        ownerId: call.place.accountId,
        volumeSize: "100",
        description: "nightly",
        encrypted: true,
      },
    };
  }),
  ec2.writes("AuthorizeSecurityGroupIngress", (call) =>
    authorizeIngress(
      call,
      call.random.pick(call.place.securityGroups),
      443,
      `198.51.100.${call.random.int(250)}/32`,
      "partner",
    ),
  ),
  ec2.writes("RevokeSecurityGroupIngress", ({ random, place }) => ({
    request: {
      groupId: random.pick(place.securityGroups),
      ipPermissions: {},
      securityGroupRuleIds: items({ securityGroupRuleId: `sgr-0${random.hex(16)}` }),
    },
    response: { requestId: random.uuid(), _return: true, revokedSecurityGroupRuleSet: {} },
  })),
  ec2.writes("CreateNetworkInterface", (call) => createNetworkInterface(call)),
  ec2.writes("DeleteNetworkInterface", ({ random }) => ({
    request: { networkInterfaceId: `eni-0${random.hex(16)}` },
    response: { requestId: random.uuid(), _return: true },
  })),
  ec2.writes("ModifyInstanceAttribute", ({ random, place }) => ({
    request: { instanceId: random.pick(place.instances), disableApiTermination: { value: true } },
    response: { requestId: random.uuid(), _return: true },
  })),
];
