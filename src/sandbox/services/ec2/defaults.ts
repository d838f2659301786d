import { createHash } from "node:crypto";

import { type Ec2 } from "./operation.ts";
import { zonesOf } from "./places.ts";
import { placeKey, type SecurityGroup } from "./things.ts";

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Every account has a VPC in every region, with a subnet in each zone and a security group called `default` (VPC User
 * Guide, "Default VPCs"). They are made at the first look, under ids that follow from account and region.
 */
export function ensureDefaults(ec2: Ec2, place: Place): void {
  const { things, world } = ec2;
  if (things.settings.get(placeKey(place))?.hasDefaults === true) return;
  const id = (kind: string) =>
    createHash("sha256").update(`${place.accountId}/${place.region}/${kind}`).digest("hex").slice(0, 16);
  const vpcId = `vpc-0${id("vpc")}`;
  world.state.together(() => {
    things.settings.put(placeKey(place), { hasDefaults: true, isEbsEncryptedByDefault: false });
    things.vpcs.put(placeKey(place, vpcId), {
      id: vpcId,
      cidr: "172.31.0.0/16",
      isDefault: true,
      tenancy: "default",
      createdAt: 0,
      cidrAssociationId: `vpc-cidr-assoc-0${id("association")}`,
      dhcpOptionsId: `dopt-0${id("dhcp")}`,
      hasDnsSupport: true,
      hasDnsHostnames: true,
      hasAddressUsageMetrics: false,
    });
    for (const [index, { name }] of zonesOf(place.region).entries()) {
      const subnetId = `subnet-0${id(name)}`;
      const cidr = `172.31.${index * 16}.0/20`;
      things.subnets.put(placeKey(place, subnetId), {
        id: subnetId,
        vpcId,
        cidr,
        zone: name,
        isDefault: true,
        givesPublicIp: true,
      });
    }
    const group = defaultGroup(place.accountId, vpcId, `sg-0${id("group")}`, id);
    things.securityGroups.put(placeKey(place, group.id), group);
  });
}

/** The group that each VPC comes with: in from itself, out to everywhere. */
export function defaultGroup(
  accountId: string,
  vpcId: string,
  groupId: string,
  hex: (kind: string) => string,
): SecurityGroup {
  const all = { protocol: "-1", fromPort: -1, toPort: -1, description: undefined };
  return {
    id: groupId,
    name: "default",
    description: "default VPC security group",
    vpcId,
    rules: [
      { ...all, id: `sgr-0${hex("in")}`, isEgress: false, peer: { kind: "group", groupId, accountId } },
      { ...all, id: `sgr-0${hex("out")}`, isEgress: true, peer: { kind: "ipv4", range: "0.0.0.0/0" } },
    ],
  };
}
