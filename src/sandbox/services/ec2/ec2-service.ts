import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { accountSettingOperations } from "./account-settings.ts";
import { describeInstancesOperations } from "./describe-instances.ts";
import { flowLogOperations } from "./flow-logs.ts";
import { imageOperations } from "./images.ts";
import { instanceAttributeOperations } from "./instance-attributes.ts";
import { instanceProfileOperations, type InstanceProfiles } from "./instance-profiles.ts";
import { instanceStateOperations } from "./instance-states.ts";
import { instanceTypeOperations } from "./instance-types.ts";
import { keyPairOperations } from "./key-pairs.ts";
import { networkOperations } from "./networks.ts";
import { type Ec2 } from "./operation.ts";
import { regionOperations } from "./regions.ts";
import { runInstancesOperations } from "./run-instances.ts";
import { securityGroupRuleOperations } from "./security-group-rules.ts";
import { securityGroupOperations } from "./security-groups.ts";
import { snapshotOperations } from "./snapshots.ts";
import { tagOperations } from "./tags.ts";
import { openThings } from "./things.ts";
import { volumeOperations } from "./volumes.ts";

/** EC2 as far as stories, inventories and Terraform's basics need it: things with a state, and no machines. */
export function ec2Service(world: World, profiles: InstanceProfiles): Service<"ec2"> {
  const ec2: Ec2 = { world, things: openThings(world.state) };
  return defineService("ec2", {
    ...regionOperations(ec2),
    ...instanceTypeOperations(ec2),
    ...imageOperations(ec2),
    ...keyPairOperations(ec2),
    ...networkOperations(ec2),
    ...securityGroupOperations(ec2),
    ...securityGroupRuleOperations(ec2),
    ...volumeOperations(ec2),
    ...snapshotOperations(ec2),
    ...runInstancesOperations(ec2, profiles),
    ...describeInstancesOperations(ec2),
    ...instanceStateOperations(ec2),
    ...instanceAttributeOperations(ec2),
    ...instanceProfileOperations(ec2, profiles),
    ...flowLogOperations(ec2),
    ...tagOperations(ec2),
    ...accountSettingOperations(ec2),
  });
}
