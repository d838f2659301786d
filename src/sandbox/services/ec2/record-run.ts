import { type InputOf } from "../../../aws/index.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { printRequest } from "./record-shape.ts";

/** RunInstances as it is recorded: image, counts and key in a set of their own. */
export function recordRun(input: InputOf<"ec2", "RunInstances">): JsonObject {
  const {
    ImageId,
    MinCount,
    MaxCount,
    KeyName,
    SecurityGroupIds,
    SecurityGroups,
    NetworkInterfaces,
    ClientToken,
    ...rest
  } = input;
  const item = {
    ...(ImageId === undefined ? {} : { imageId: ImageId }),
    minCount: MinCount ?? 0,
    maxCount: MaxCount ?? 0,
    ...(KeyName === undefined ? {} : { keyName: KeyName }),
  };
  const groups = [
    ...(SecurityGroupIds ?? []).map((groupId) => ({ groupId })),
    ...(SecurityGroups ?? []).map((groupName) => ({ groupName })),
  ];
  return {
    instancesSet: { items: [item] },
    ...(groups.length === 0 ? {} : { groupSet: { items: groups } }),
    monitoring: { enabled: false },
    disableApiTermination: false,
    disableApiStop: false,
    ...(ClientToken === undefined ? {} : { clientToken: ClientToken }),
    ...printRequest(rest, ["BlockDeviceMappings"]),
    ...(NetworkInterfaces === undefined
      ? {}
      : {
          networkInterfaceSet: {
            items: NetworkInterfaces.map(({ DeviceIndex = 0, SubnetId, Groups, AssociatePublicIpAddress }) => ({
              deviceIndex: DeviceIndex,
              ...(SubnetId === undefined ? {} : { subnetId: SubnetId }),
              ...(AssociatePublicIpAddress === undefined ? {} : { associatePublicIpAddress: AssociatePublicIpAddress }),
              ...(Groups === undefined ? {} : { groupSet: { items: Groups.map((groupId) => ({ groupId })) } }),
            })),
          },
        }),
  };
}
