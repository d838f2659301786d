import type { Json, JsonObject } from "../record.ts";
import { arnIn, type Call, type CallBody } from "./operation.ts";

/** EC2 writes its lists as `xSet: {items: […]}`. */
export function items(...values: readonly Json[]): JsonObject {
  return { items: values };
}

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

/** Stops, starts or ends an instance. */
export function changeState(call: Call, currentState: JsonObject, more: JsonObject = {}): CallBody {
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

/** Lambda makes such an interface for a function inside a VPC. */
export function createNetworkInterface(call: Call): CallBody {
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
