import { type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { type FilterFields, readFilters } from "./filters.ts";
import { findImage } from "./images.ts";
import { describeState, findInstance, instancesOf, stateOf } from "./instance-states.ts";
import { findInstanceType } from "./instance-types.ts";
import { type Ec2, type Ec2Operations, ec2Operation } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { internalDomain, publicDomain, zonesOf } from "./places.ts";
import { tagList, tagsOf } from "./tags.ts";
import { type Instance, placeKey } from "./things.ts";

type Described = NonNullable<
  NonNullable<OutputOf<"ec2", "DescribeInstances">["Reservations"]>[number]["Instances"]
>[number];

export function describeInstancesOperations(ec2: Ec2): Ec2Operations {
  return {
    DescribeInstances: ec2Operation(ec2, "DescribeInstances", {
      honours: ["InstanceIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.InstanceIds ?? []) findInstance(ec2, call, id);
        const passes = readFilters(input.Filters, instanceFields(ec2, call), ({ id }) => tagsOf(ec2, call, id));
        const found = instancesOf(ec2, call).filter(
          (one) => (input.InstanceIds?.includes(one.id) ?? true) && passes(one),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.InstanceIds });
        const reservations = Object.values(Object.groupBy(page, ({ reservationId }) => reservationId));
        return {
          Reservations: reservations.map((together = []) => ({
            ReservationId: together[0]?.reservationId ?? "",
            OwnerId: call.accountId,
            Groups: [],
            Instances: together.map((instance) => describeInstance(ec2, call, instance)),
          })),
          ...next,
        };
      },
    }),
    DescribeInstanceStatus: ec2Operation(ec2, "DescribeInstanceStatus", {
      honours: ["InstanceIds", "Filters", "MaxResults", "NextToken", "IncludeAllInstances"],
      answer(input, call) {
        for (const id of input.InstanceIds ?? []) findInstance(ec2, call, id);
        const {
          "instance-state-name": state,
          "instance-state-code": code,
          "availability-zone": zone,
        } = instanceFields(ec2, call);
        const passes = readFilters<Instance>(input.Filters, {
          ...(state === undefined ? {} : { "instance-state-name": state }),
          ...(code === undefined ? {} : { "instance-state-code": code }),
          ...(zone === undefined ? {} : { "availability-zone": zone }),
        });
        const found = instancesOf(ec2, call).filter(
          (one) =>
            (input.IncludeAllInstances === true || stateOf(one, call.at) === "running") &&
            (input.InstanceIds?.includes(one.id) ?? true) &&
            passes(one),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.InstanceIds });
        return { InstanceStatuses: page.map((one) => describeStatus(one, call)), ...next };
      },
    }),
    DescribeInstanceCreditSpecifications: ec2Operation(ec2, "DescribeInstanceCreditSpecifications", {
      honours: ["InstanceIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.InstanceIds ?? []) findInstance(ec2, call, id);
        const passes = readFilters<Instance>(input.Filters, { "instance-id": ({ id }) => [id] });
        const found = instancesOf(ec2, call).filter(
          (one) =>
            findInstanceType(one.instanceType).isBurstable === true &&
            (input.InstanceIds?.includes(one.id) ?? true) &&
            passes(one),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.InstanceIds });
        const InstanceCreditSpecifications = page.map(({ id }) => ({ InstanceId: id, CpuCredits: "unlimited" }));
        return { InstanceCreditSpecifications, ...next };
      },
    }),
  };
}

function instanceFields(ec2: Ec2, call: Call): FilterFields<Instance> {
  const groupNames = ({ securityGroupIds }: Instance) =>
    securityGroupIds.map((id) => ec2.things.securityGroups.get(placeKey(call, id))?.name);
  return {
    architecture: ({ instanceType }) => [findInstanceType(instanceType).architecture],
    "availability-zone": ({ zone }) => [zone],
    "client-token": ({ clientToken }) => [clientToken],
    "iam-instance-profile.arn": ({ profile }) => [profile?.arn],
    "image-id": ({ imageId }) => [imageId],
    "instance-id": ({ id }) => [id],
    "instance-state-code": (one) => [String(describeState(stateOf(one, call.at)).Code)],
    "instance-state-name": (one) => [stateOf(one, call.at)],
    "instance-type": ({ instanceType }) => [instanceType],
    "instance.group-id": ({ securityGroupIds }) => securityGroupIds,
    "instance.group-name": groupNames,
    "ip-address": ({ publicIp }) => [publicIp],
    "key-name": ({ keyName }) => [keyName],
    "metadata-options.http-tokens": ({ metadata }) => [metadata.httpTokens],
    "network-interface.subnet-id": ({ subnetId }) => [subnetId],
    "owner-id": () => [call.accountId],
    "private-ip-address": ({ privateIp }) => [privateIp],
    "reservation-id": ({ reservationId }) => [reservationId],
    "root-device-type": () => ["ebs"],
    "subnet-id": ({ subnetId }) => [subnetId],
    "vpc-id": ({ vpcId }) => [vpcId],
  };
}

/** An instance as EC2 tells of it at this moment. */
export function describeInstance(ec2: Ec2, call: Call, instance: Instance): Described {
  const state = stateOf(instance, call.at);
  const image = findImage(call.region, instance.imageId);
  const type = findInstanceType(instance.instanceType);
  const isGone = state === "terminated";
  const groups = instance.securityGroupIds.map((GroupId) => ({
    GroupId,
    GroupName: ec2.things.securityGroups.get(placeKey(call, GroupId))?.name ?? "",
  }));
  const privateName = `ip-${instance.privateIp.replaceAll(".", "-")}.${internalDomain(call.region)}`;
  const publicIp = state === "running" ? instance.publicIp : undefined;
  const publicName = publicIp === undefined ? "" : `ec2-${publicIp.replaceAll(".", "-")}.${publicDomain(call.region)}`;
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    State: describeState(state),
    PrivateDnsName: isGone ? "" : privateName,
    PublicDnsName: publicName,
    ...(publicIp === undefined ? {} : { PublicIpAddress: publicIp }),
    StateTransitionReason: instance.told.to === "running" ? "" : `User initiated (${printInstant(instance.told.at)})`,
    ...(instance.keyName === undefined ? {} : { KeyName: instance.keyName }),
    AmiLaunchIndex: instance.launchIndex,
    ProductCodes: [],
    InstanceType: instance.instanceType as NonNullable<Described["InstanceType"]>,
    LaunchTime: new Date(instance.launchedAt),
    Placement: {
      AvailabilityZone: instance.zone,
      GroupName: "",
      Tenancy: "default",
      ...zoneId(call.region, instance.zone),
    },
    Monitoring: { State: instance.isMonitored ? "enabled" : "disabled" },
    ...(isGone
      ? {}
      : {
          SubnetId: instance.subnetId,
          VpcId: instance.vpcId,
          PrivateIpAddress: instance.privateIp,
          // Volumes are attached only after RunInstances has answered: `blockDeviceMapping: {}` in its record.
          BlockDeviceMappings: (state === "pending" ? [] : instance.volumes).map(
            ({ device, volumeId, isDeletedWithIt }) => ({
              DeviceName: device,
              Ebs: {
                VolumeId: volumeId,
                Status: "attached" as const,
                AttachTime: new Date(instance.launchedAt),
                DeleteOnTermination: isDeletedWithIt,
              },
            }),
          ),
          NetworkInterfaces: [describeInterface(call, instance, groups, privateName, publicIp)],
          SecurityGroups: groups,
          SourceDestCheck: instance.isSourceDestChecked,
        }),
    Architecture: type.architecture,
    ...(instance.clientToken === undefined ? {} : { ClientToken: instance.clientToken }),
    CpuOptions: { CoreCount: type.cores, ThreadsPerCore: type.cpus / type.cores },
    EbsOptimized: instance.isEbsOptimized,
    EnaSupport: true,
    Hypervisor: "xen",
    ...(instance.profile === undefined
      ? {}
      : { IamInstanceProfile: { Arn: instance.profile.arn, Id: instance.profile.id } }),
    MaintenanceOptions: { AutoRecovery: "default" },
    MetadataOptions: describeMetadata(instance, state === "pending" ? "pending" : "applied"),
    PlatformDetails: image.platform,
    RootDeviceName: image.rootDevice,
    RootDeviceType: "ebs",
    UsageOperation: "RunInstances",
    UsageOperationUpdateTime: new Date(instance.launchedAt),
    VirtualizationType: "hvm",
    Tags: tagList(tagsOf(ec2, call, instance.id)),
  };
}

function describeInterface(
  call: Call,
  instance: Instance,
  groups: { GroupId: string; GroupName: string }[],
  privateName: string,
  publicIp: string | undefined,
): NonNullable<Described["NetworkInterfaces"]>[number] {
  const association = publicIp === undefined ? {} : { Association: { IpOwnerId: "amazon", PublicIp: publicIp } };
  return {
    NetworkInterfaceId: instance.interfaceId,
    SubnetId: instance.subnetId,
    VpcId: instance.vpcId,
    OwnerId: call.accountId,
    Description: "",
    Status: "in-use",
    SourceDestCheck: instance.isSourceDestChecked,
    PrivateIpAddress: instance.privateIp,
    PrivateDnsName: privateName,
    Groups: groups,
    ...association,
    Attachment: {
      AttachmentId: instance.interfaceId.replace("eni-", "eni-attach-"),
      DeviceIndex: 0,
      Status: "attached",
      AttachTime: new Date(instance.launchedAt),
      DeleteOnTermination: true,
      NetworkCardIndex: 0,
    },
    PrivateIpAddresses: [
      { Primary: true, PrivateIpAddress: instance.privateIp, PrivateDnsName: privateName, ...association },
    ],
    Ipv6Addresses: [],
    InterfaceType: "interface",
  };
}

/** How an instance's metadata service is set. */
export function describeMetadata({ metadata }: Instance, state: "applied" | "pending") {
  return {
    State: state,
    HttpTokens: metadata.httpTokens,
    HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
    HttpEndpoint: metadata.httpEndpoint,
    HttpProtocolIpv6: metadata.httpProtocolIpv6,
    InstanceMetadataTags: metadata.instanceMetadataTags,
  };
}

function describeStatus(
  instance: Instance,
  call: Call,
): NonNullable<OutputOf<"ec2", "DescribeInstanceStatus">["InstanceStatuses"]>[number] {
  const state = stateOf(instance, call.at);
  const isRunning = state === "running";
  const status = {
    Status: isRunning ? ("ok" as const) : ("not-applicable" as const),
    Details: isRunning ? [{ Name: "reachability" as const, Status: "passed" as const }] : [],
  };
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.zone,
    InstanceState: describeState(state),
    InstanceStatus: status,
    SystemStatus: status,
    Events: [],
  };
}

function zoneId(region: string, zone: string): { AvailabilityZoneId?: string } {
  const found = zonesOf(region).find(({ name }) => name === zone);
  return found === undefined ? {} : { AvailabilityZoneId: found.id };
}

/** `2026-11-20 12:00:00 GMT` */
function printInstant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} GMT`;
}
