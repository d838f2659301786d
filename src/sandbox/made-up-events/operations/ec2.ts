import type { Json, JsonObject } from "../record.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const ec2 = inService({ prefix: "ec2", version: "1.10" });

/** EC2 writes its lists as `xSet: {items: […]}`. */
function items(...values: readonly Json[]): JsonObject {
  return { items: values };
}

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
  ec2.writes("TerminateInstances", (call) =>
    changeState(call, { code: 32, name: "shutting-down" }),
  ),
  ec2.writes("StopInstances", (call) =>
    changeState(call, { code: 64, name: "stopping" }, { force: false }),
  ),
  ec2.writes("StartInstances", (call) => changeState(call, { code: 0, name: "pending" })),
  ec2.writes("CreateTags", ({ random, place }) => ({
    request: {
      resourcesSet: items({ resourceId: random.pick(place.instances) }),
      tagSet: items(
        { key: "team", value: "orders" },
        { key: "cost-centre", value: String(4000 + random.int(40)) },
      ),
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

/** Starts instances of a type. */
export function runInstances(call: Call, instanceType: string, count: number): CallBody {
  const { random, place, at } = call;
  const [imageId, subnetId, groupId] = [
    random.pick(place.images),
    random.pick(place.subnets),
    random.pick(place.securityGroups),
  ];
  const reservation = `r-0${random.hex(16)}`;
  const profile = `arn:aws:iam::${place.accountId}:instance-profile/${random.pick(place.roles)}`;
  const started = Array.from({ length: Math.min(count, 4) }, (_, index) => ({
    instanceId: `i-0${random.hex(16)}`,
    imageId,
    instanceState: { code: 0, name: "pending" },
    privateDnsName: `ip-10-20-${random.int(250)}-${random.int(250)}.${place.region}.compute.internal`,
    amiLaunchIndex: index,
    productCodes: {},
    instanceType,
    launchTime: at,
    placement: { availabilityZone: `${place.region}a`, tenancy: "default" },
    monitoring: { state: "disabled" },
    subnetId,
    vpcId: place.vpc,
    groupSet: items({ groupId, groupName: "service" }),
    architecture: "x86_64",
    rootDeviceType: "ebs",
    rootDeviceName: "/dev/xvda",
    iamInstanceProfile: { arn: profile, id: `AIPA${random.capitals(10)}EXAMPLE` },
    metadataOptions: {
      state: "pending",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
      httpEndpoint: "enabled",
    },
  }));
  return {
    request: {
      instancesSet: items({ imageId, minCount: count, maxCount: count }),
      instanceType,
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      disableApiStop: false,
      clientToken: random.uuid(),
      networkInterfaceSet: items({ deviceIndex: 0, subnetId, groupSet: items({ groupId }) }),
      iamInstanceProfile: { arn: profile },
      tagSpecificationSet: items({
        resourceType: "instance",
        tags: [{ key: "Name", value: "service" }],
      }),
    },
    response: {
      requestId: random.uuid(),
      reservationId: reservation,
      ownerId: place.accountId,
      groupSet: {},
      instancesSet: items(...started),
    },
  };
}

/** Opens a security group to an address range. */
export function authorizeIngress(
  call: Call,
  groupId: string,
  port: number,
  range: string,
  description: string,
): CallBody {
  const { random, place } = call;
  const rule = {
    groupOwnerId: place.accountId,
    groupId,
    securityGroupRuleId: `sgr-0${random.hex(16)}`,
    description,
  };
  return {
    request: {
      groupId,
      ipPermissions: items({
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        groups: {},
        ipRanges: items({ cidrIp: range, description }),
        ipv6Ranges: {},
        prefixListIds: {},
      }),
    },
    response: {
      requestId: random.uuid(),
      _return: true,
      securityGroupRuleSet: items({
        ...rule,
        isEgress: false,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: range,
        securityGroupRuleArn: arnIn(call, "ec2", `security-group-rule/${rule.securityGroupRuleId}`),
      }),
    },
  };
}

function changeState(call: Call, currentState: JsonObject, more: JsonObject = {}): CallBody {
  const instanceId = call.random.pick(call.place.instances);
  return {
    request: { instancesSet: items({ instanceId }), ...more },
    response: {
      requestId: call.random.uuid(),
      instancesSet: items({
        instanceId,
        currentState,
        previousState: { code: 16, name: "running" },
      }),
    },
  };
}

function createNetworkInterface(call: Call): CallBody {
  const { random, place } = call;
  const [subnetId, groupId] = [random.pick(place.subnets), random.pick(place.securityGroups)];
  const description = `AWS Lambda VPC ENI-${random.pick(place.functions)}-${random.uuid()}`;
  const address = `10.20.${random.int(250)}.${random.int(250)}`;
  return {
    request: {
      subnetId,
      description,
      groupSet: items({ groupId }),
      privateIpAddressesSet: {},
      ipv6AddressCount: 0,
      clientToken: random.uuid(),
    },
    response: {
      requestId: random.uuid(),
      networkInterface: {
        networkInterfaceId: `eni-0${random.hex(16)}`,
        subnetId,
        vpcId: place.vpc,
        availabilityZone: `${place.region}b`,
        description,
        ownerId: place.accountId,
        requesterManaged: false,
        status: "pending",
        privateIpAddress: address,
        sourceDestCheck: true,
        interfaceType: "lambda",
        groupSet: items({ groupId, groupName: "lambda" }),
        privateIpAddressesSet: items({ privateIpAddress: address, primary: true }),
      },
    },
  };
}
