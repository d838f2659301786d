import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { defaultGroup } from "./defaults.ts";
import { readFilters } from "./filters.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { zonesOf } from "./places.ts";
import { printRequest } from "./record-shape.ts";
import { invalidValue, missingParameter, noSuchThing } from "./refusals.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { placeKey, type Subnet, type Vpc } from "./things.ts";

/** VPC User Guide, "Amazon VPC quotas": VPCs in a region. */
const vpcsMax = 5;

export function findVpc({ things }: Ec2, call: Call, id: string | undefined): Vpc {
  if (id === undefined) throw missingParameter("vpcId");
  const found = things.vpcs.get(placeKey(call, id));
  if (found === undefined) throw noSuchThing("vpc", id);
  return found;
}

export function findSubnet({ things }: Ec2, call: Call, id: string | undefined): Subnet {
  if (id === undefined) throw missingParameter("subnetId");
  const found = things.subnets.get(placeKey(call, id));
  if (found === undefined) throw noSuchThing("subnet", id);
  return found;
}

/** How many of a subnet's addresses instances have. */
function addressesTaken({ things }: Ec2, call: Call, subnetId: string): number {
  const instances = [...things.instances.values(placeKey(call))];
  return instances.filter((one) => one.subnetId === subnetId && one.told.to !== "terminated").length;
}

export function networkOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  return {
    DescribeVpcs: ec2Operation(ec2, "DescribeVpcs", {
      honours: ["VpcIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.VpcIds ?? []) findVpc(ec2, call, id);
        const passes = readFilters<Vpc>(
          input.Filters,
          {
            cidr: ({ cidr }) => [cidr],
            "cidr-block-association.cidr-block": ({ cidr }) => [cidr],
            "dhcp-options-id": ({ dhcpOptionsId }) => [dhcpOptionsId],
            "is-default": ({ isDefault }) => [String(isDefault)],
            isDefault: ({ isDefault }) => [String(isDefault)],
            "owner-id": () => [call.accountId],
            state: () => ["available"],
            "vpc-id": ({ id }) => [id],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.vpcs.values(placeKey(call))].filter(
          (vpc) => (input.VpcIds?.includes(vpc.id) ?? true) && passes(vpc),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.VpcIds });
        return { Vpcs: page.map((vpc) => describeVpc(vpc, "available", call)), ...next };
      },
    }),
    CreateVpc: ec2Operation(ec2, "CreateVpc", {
      honours: ["CidrBlock", "InstanceTenancy", "TagSpecifications"],
      needs: (input, call) => [
        need("CreateVpc", ec2Arn(call, "vpc/*"), call, { context: tagContext(input.TagSpecifications) }),
      ],
      record: (input) => ({
        cidrBlock: input.CidrBlock ?? "",
        instanceTenancy: input.InstanceTenancy ?? "default",
        amazonProvidedIpv6CidrBlock: false,
        ...printRequest({ TagSpecifications: input.TagSpecifications }),
      }),
      answer(input, call) {
        if (input.CidrBlock === undefined) throw missingParameter("cidrBlock");
        const { bits } = readRange(input.CidrBlock);
        // VPC User Guide, "VPC CIDR blocks".
        if (bits < 16 || bits > 28) throw new AwsError("InvalidVpc.Range", `The CIDR '${input.CidrBlock}' is invalid.`);
        if (things.vpcs.size > 0 && [...things.vpcs.values(placeKey(call))].length >= vpcsMax) {
          throw new AwsError("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        }
        const tags = specifiedTags(input.TagSpecifications, "vpc");
        const hex = () => world.random.hex(16);
        const vpc: Vpc = {
          id: `vpc-0${hex()}`,
          cidr: input.CidrBlock,
          isDefault: false,
          tenancy: input.InstanceTenancy ?? "default",
          createdAt: call.at,
          cidrAssociationId: `vpc-cidr-assoc-0${hex()}`,
          dhcpOptionsId: `dopt-0${hex()}`,
          hasDnsSupport: true,
          hasDnsHostnames: false,
          hasAddressUsageMetrics: false,
        };
        things.vpcs.put(placeKey(call, vpc.id), vpc);
        const group = defaultGroup(call.accountId, vpc.id, `sg-0${hex()}`, hex);
        things.securityGroups.put(placeKey(call, group.id), group);
        putTags(ec2, call, vpc.id, tags);
        return { Vpc: describeVpc(vpc, "pending", call) };
      },
    }),
    DeleteVpc: ec2Operation(ec2, "DeleteVpc", {
      honours: ["VpcId"],
      needs: (input, call) => [
        need("DeleteVpc", ec2Arn(call, `vpc/${input.VpcId}`), call, { tags: tagsOf(ec2, call, input.VpcId ?? "") }),
      ],
      answer(input, call) {
        const vpc = findVpc(ec2, call, input.VpcId);
        const isIn = ({ vpcId }: { readonly vpcId: string }) => vpcId === vpc.id;
        const groups = [...things.securityGroups.values(placeKey(call))].filter(isIn);
        if ([...things.subnets.values(placeKey(call))].some(isIn) || groups.some(({ name }) => name !== "default")) {
          throw new AwsError("DependencyViolation", `The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
        }
        for (const { id } of groups) things.securityGroups.delete(placeKey(call, id));
        things.vpcs.delete(placeKey(call, vpc.id));
        things.tags.delete(placeKey(call, vpc.id));
        return {};
      },
    }),
    DescribeVpcAttribute: ec2Operation(ec2, "DescribeVpcAttribute", {
      honours: ["VpcId", "Attribute"],
      record: (input) => ({ vpcId: input.VpcId ?? "" }),
      answer(input, call) {
        const vpc = findVpc(ec2, call, input.VpcId);
        switch (input.Attribute) {
          case "enableDnsHostnames":
            return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.hasDnsHostnames } };
          case "enableDnsSupport":
            return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.hasDnsSupport } };
          case "enableNetworkAddressUsageMetrics":
            return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: vpc.hasAddressUsageMetrics } };
          default:
            throw invalidValue(
              `Value (${String(input.Attribute)}) for parameter attribute is invalid. Unknown attribute.`,
            );
        }
      },
    }),
    ModifyVpcAttribute: ec2Operation(ec2, "ModifyVpcAttribute", {
      honours: ["VpcId", "EnableDnsHostnames", "EnableDnsSupport", "EnableNetworkAddressUsageMetrics"],
      needs: (input, call) => [need("ModifyVpcAttribute", ec2Arn(call, `vpc/${input.VpcId}`), call)],
      answer(input, call) {
        const vpc = findVpc(ec2, call, input.VpcId);
        things.vpcs.put(placeKey(call, vpc.id), {
          ...vpc,
          hasDnsHostnames: input.EnableDnsHostnames?.Value ?? vpc.hasDnsHostnames,
          hasDnsSupport: input.EnableDnsSupport?.Value ?? vpc.hasDnsSupport,
          hasAddressUsageMetrics: input.EnableNetworkAddressUsageMetrics?.Value ?? vpc.hasAddressUsageMetrics,
        });
        return {};
      },
    }),
    DescribeSubnets: ec2Operation(ec2, "DescribeSubnets", {
      honours: ["SubnetIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.SubnetIds ?? []) findSubnet(ec2, call, id);
        const zoneIdOf = ({ zone }: Subnet) => zonesOf(call.region).find(({ name }) => name === zone)?.id;
        const passes = readFilters<Subnet>(
          input.Filters,
          {
            "availability-zone": ({ zone }) => [zone],
            availabilityZone: ({ zone }) => [zone],
            "availability-zone-id": (subnet) => [zoneIdOf(subnet)],
            "cidr-block": ({ cidr }) => [cidr],
            "default-for-az": ({ isDefault }) => [String(isDefault)],
            "map-public-ip-on-launch": ({ givesPublicIp }) => [String(givesPublicIp)],
            "owner-id": () => [call.accountId],
            state: () => ["available"],
            "subnet-arn": ({ id }) => [ec2Arn(call, `subnet/${id}`)],
            "subnet-id": ({ id }) => [id],
            "vpc-id": ({ vpcId }) => [vpcId],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.subnets.values(placeKey(call))].filter(
          (subnet) => (input.SubnetIds?.includes(subnet.id) ?? true) && passes(subnet),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.SubnetIds });
        return { Subnets: page.map((subnet) => describeSubnet(subnet, call)), ...next };
      },
    }),
    CreateSubnet: ec2Operation(ec2, "CreateSubnet", {
      honours: ["VpcId", "CidrBlock", "AvailabilityZone", "AvailabilityZoneId", "TagSpecifications"],
      needs: (input, call) => [
        need("CreateSubnet", ec2Arn(call, "subnet/*"), call, { context: tagContext(input.TagSpecifications) }),
        need("CreateSubnet", ec2Arn(call, `vpc/${input.VpcId}`), call),
      ],
      answer(input, call) {
        const vpc = findVpc(ec2, call, input.VpcId);
        if (input.CidrBlock === undefined) throw missingParameter("cidrBlock");
        const [outer, inner] = [readRange(vpc.cidr), readRange(input.CidrBlock)];
        if (inner.bits < outer.bits || inner.bits > 28 || inner.first < outer.first || inner.last > outer.last) {
          throw new AwsError("InvalidSubnet.Range", `The CIDR '${input.CidrBlock}' is invalid.`);
        }
        const others = [...things.subnets.values(placeKey(call))].filter(({ vpcId }) => vpcId === vpc.id);
        if (
          others
            .map(({ cidr }) => readRange(cidr))
            .some(({ first, last }) => inner.first <= last && first <= inner.last)
        ) {
          throw new AwsError("InvalidSubnet.Conflict", `The CIDR '${input.CidrBlock}' conflicts with another subnet`);
        }
        const subnet: Subnet = {
          id: `subnet-0${world.random.hex(16)}`,
          vpcId: vpc.id,
          cidr: input.CidrBlock,
          zone: readZone(call, input.AvailabilityZone, input.AvailabilityZoneId),
          isDefault: false,
          givesPublicIp: false,
        };
        const tags = specifiedTags(input.TagSpecifications, "subnet");
        things.subnets.put(placeKey(call, subnet.id), subnet);
        putTags(ec2, call, subnet.id, tags);
        return { Subnet: describeSubnet(subnet, call) };
      },
    }),
    DeleteSubnet: ec2Operation(ec2, "DeleteSubnet", {
      honours: ["SubnetId"],
      needs: (input, call) => [
        need("DeleteSubnet", ec2Arn(call, `subnet/${input.SubnetId}`), call, {
          tags: tagsOf(ec2, call, input.SubnetId ?? ""),
        }),
      ],
      answer(input, call) {
        const subnet = findSubnet(ec2, call, input.SubnetId);
        if (addressesTaken(ec2, call, subnet.id) > 0) {
          throw new AwsError(
            "DependencyViolation",
            `The subnet '${subnet.id}' has dependencies and cannot be deleted.`,
          );
        }
        things.subnets.delete(placeKey(call, subnet.id));
        things.tags.delete(placeKey(call, subnet.id));
        return {};
      },
    }),
  };

  function describeVpc(
    vpc: Vpc,
    state: "available" | "pending",
    call: Call,
  ): NonNullable<OutputOf<"ec2", "CreateVpc">["Vpc"]> {
    return {
      VpcId: vpc.id,
      State: state,
      OwnerId: call.accountId,
      CidrBlock: vpc.cidr,
      CidrBlockAssociationSet: [
        { CidrBlock: vpc.cidr, AssociationId: vpc.cidrAssociationId, CidrBlockState: { State: "associated" } },
      ],
      Ipv6CidrBlockAssociationSet: [],
      DhcpOptionsId: vpc.dhcpOptionsId,
      InstanceTenancy: vpc.tenancy as "default",
      IsDefault: vpc.isDefault,
      Tags: tagList(tagsOf(ec2, call, vpc.id)),
    };
  }

  function describeSubnet(subnet: Subnet, call: Call): NonNullable<OutputOf<"ec2", "CreateSubnet">["Subnet"]> {
    const { first, last } = readRange(subnet.cidr);
    const zone = zonesOf(call.region).find(({ name }) => name === subnet.zone);
    return {
      SubnetId: subnet.id,
      SubnetArn: ec2Arn(call, `subnet/${subnet.id}`),
      State: "available",
      VpcId: subnet.vpcId,
      CidrBlock: subnet.cidr,
      Ipv6CidrBlockAssociationSet: [],
      // Five of each subnet's addresses are AWS's own (VPC User Guide, "Subnet CIDR blocks").
      AvailableIpAddressCount: last - first + 1 - 5 - addressesTaken(ec2, call, subnet.id),
      AvailabilityZone: subnet.zone,
      ...(zone === undefined ? {} : { AvailabilityZoneId: zone.id }),
      OwnerId: call.accountId,
      DefaultForAz: subnet.isDefault,
      MapPublicIpOnLaunch: subnet.givesPublicIp,
      AssignIpv6AddressOnCreation: false,
      Tags: tagList(tagsOf(ec2, call, subnet.id)),
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: "ip-name",
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
      Ipv6Native: false,
      EnableDns64: false,
    };
  }
}

/** The zone that a request names, or the region's first. */
export function readZone(call: Call, name: string | undefined, id?: string): string {
  const zones = zonesOf(call.region);
  if (name === undefined && id === undefined) return zones[0]?.name ?? `${call.region}a`;
  const found = zones.find((zone) => zone.name === name || zone.id === id);
  if (found === undefined) throw invalidValue(`Invalid availability zone: [${String(name ?? id).slice(0, 60)}]`);
  return found.name;
}

export interface Range {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** Reads `10.0.0.0/16`; addresses as numbers. */
export function readRange(cidr: string): Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = (match?.slice(1) ?? []).map(Number);
  if (Math.max(a, b, c, d) > 255 || bits > 32) {
    throw invalidValue(
      `Value (${cidr.slice(0, 60)}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1, bits };
}

/** `10.0.0.1` */
export function printAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
