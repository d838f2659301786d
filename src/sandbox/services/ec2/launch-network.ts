import { AwsError, type InputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { instancesOf } from "./instance-states.ts";
import { findSubnet, printAddress, readRange } from "./networks.ts";
import { type Ec2, refuseOthers } from "./operation.ts";
import { invalidCombination, invalidValue } from "./refusals.ts";
import { findNamedGroup, findSecurityGroup } from "./security-groups.ts";
import { placeKey, type Subnet } from "./things.ts";

type Run = InputOf<"ec2", "RunInstances">;

export interface LaunchNetwork {
  readonly subnet: Subnet;
  readonly groupIds: readonly string[];
  readonly hasPublicIp: boolean;
}

/** Where an instance comes to stand, and in which groups. */
export function readNetwork(ec2: Ec2, input: Run, call: Call): LaunchNetwork {
  const [interface_, ...others] = input.NetworkInterfaces ?? [];
  if (others.length > 0)
    throw new AwsError("UnsupportedOperation", "The made-up EC2 gives an instance one network interface");
  if (interface_ !== undefined) {
    refuseOthers(
      interface_,
      ["DeviceIndex", "SubnetId", "Groups", "AssociatePublicIpAddress", "DeleteOnTermination", "Description"],
      "NetworkInterfaces.",
    );
    if (input.SubnetId !== undefined || input.SecurityGroupIds !== undefined || input.SecurityGroups !== undefined) {
      throw invalidCombination(
        "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request",
      );
    }
  }
  const subnet = findLaunchSubnet(ec2, input.SubnetId ?? interface_?.SubnetId, input, call);
  const named = [
    ...(input.SecurityGroupIds ?? interface_?.Groups ?? []).map((id) => findSecurityGroup(ec2, call, id)),
    ...(input.SecurityGroups ?? []).map((name) => findNamedGroup(ec2, call, undefined, name)),
  ];
  const own = [...ec2.things.securityGroups.values(placeKey(call))].find(
    ({ name, vpcId }) => name === "default" && vpcId === subnet.vpcId,
  );
  const groups = named.length > 0 ? named : own === undefined ? [] : [own];
  const foreign = groups.find(({ vpcId }) => vpcId !== subnet.vpcId);
  if (foreign !== undefined) {
    throw invalidValue(`The security group '${foreign.id}' and the subnet '${subnet.id}' belong to different networks`);
  }
  return {
    subnet,
    groupIds: groups.map(({ id }) => id),
    hasPublicIp: interface_?.AssociatePublicIpAddress ?? subnet.givesPublicIp,
  };
}

function findLaunchSubnet(ec2: Ec2, id: string | undefined, input: Run, call: Call): Subnet {
  refuseOthers(input.Placement ?? {}, ["AvailabilityZone", "Tenancy"], "Placement.");
  if (input.Placement?.Tenancy !== undefined && input.Placement.Tenancy !== "default") {
    throw new AwsError("UnsupportedOperation", "The made-up EC2 knows the tenancy default only");
  }
  if (id !== undefined) return findSubnet(ec2, call, id);
  const zone = input.Placement?.AvailabilityZone;
  const found = [...ec2.things.subnets.values(placeKey(call))]
    .filter((subnet) => subnet.isDefault && (zone === undefined || subnet.zone === zone))
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    .at(0);
  if (found !== undefined) return found;
  throw new AwsError("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
}

/** The first address of a subnet that nobody has. */
export function freeAddress(ec2: Ec2, subnet: Subnet, call: Call): string {
  const { first, last } = readRange(subnet.cidr);
  const taken = new Set(
    instancesOf(ec2, call).flatMap((one) =>
      one.subnetId === subnet.id && one.told.to !== "terminated" ? [one.privateIp] : [],
    ),
  );
  // The first four addresses and the last are AWS's own.
  for (let address = first + 4; address < last; address += 1) {
    const text = printAddress(address);
    if (!taken.has(text)) return text;
  }
  throw new AwsError(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}
