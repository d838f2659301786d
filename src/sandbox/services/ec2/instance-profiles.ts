import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Call, type Need } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { findInstance, instancesOf } from "./instance-states.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { tagsOf } from "./tags.ts";
import { type Instance, placeKey } from "./things.ts";

/** What EC2 needs of IAM. */
export interface InstanceProfiles {
  /** By name or ARN, in the account's own. */
  find(accountId: string, nameOrArn: string): FoundProfile | undefined;
}

export interface FoundProfile {
  readonly arn: string;
  /** `AIPA…` */
  readonly id: string;
  readonly roleArn: string | undefined;
}

type Association = NonNullable<OutputOf<"ec2", "AssociateIamInstanceProfile">["IamInstanceProfileAssociation"]>;

interface Wanted {
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

/** Which role an instance has. */
export function instanceProfileOperations(ec2: Ec2, profiles: InstanceProfiles): Ec2Operations {
  const { things, world } = ec2;
  return {
    AssociateIamInstanceProfile: ec2Operation(ec2, "AssociateIamInstanceProfile", {
      honours: ["InstanceId", "IamInstanceProfile"],
      needs: (input, call) => [
        need("AssociateIamInstanceProfile", ec2Arn(call, `instance/${input.InstanceId}`), call, {
          tags: tagsOf(ec2, call, input.InstanceId ?? ""),
        }),
        ...passRole(input.IamInstanceProfile, call),
      ],
      answer(input, call) {
        const instance = findInstance(ec2, call, input.InstanceId);
        if (instance.profile !== undefined) {
          throw new AwsError("IncorrectState", `There is an existing association for instance ${instance.id}`);
        }
        return { IamInstanceProfileAssociation: associate(instance, input.IamInstanceProfile, call) };
      },
    }),
    ReplaceIamInstanceProfileAssociation: ec2Operation(ec2, "ReplaceIamInstanceProfileAssociation", {
      honours: ["AssociationId", "IamInstanceProfile"],
      needs: (input, call) => [
        need("ReplaceIamInstanceProfileAssociation", ec2Arn(call, "instance/*"), call),
        ...passRole(input.IamInstanceProfile, call),
      ],
      answer(input, call) {
        const instance = associated(input.AssociationId, call);
        return { IamInstanceProfileAssociation: associate(instance, input.IamInstanceProfile, call) };
      },
    }),
    DisassociateIamInstanceProfile: ec2Operation(ec2, "DisassociateIamInstanceProfile", {
      honours: ["AssociationId"],
      needs: (_, call) => [need("DisassociateIamInstanceProfile", ec2Arn(call, "instance/*"), call)],
      answer(input, call) {
        const instance = associated(input.AssociationId, call);
        things.instances.put(placeKey(call, instance.id), { ...instance, profile: undefined });
        return { IamInstanceProfileAssociation: { ...describe(instance), State: "disassociating" as const } };
      },
    }),
    DescribeIamInstanceProfileAssociations: ec2Operation(ec2, "DescribeIamInstanceProfileAssociations", {
      honours: ["AssociationIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.AssociationIds ?? []) associated(id, call);
        const passes = readFilters<Instance>(input.Filters, {
          "instance-id": ({ id }) => [id],
          state: () => ["associated"],
        });
        const found = instancesOf(ec2, call).filter(
          (one) =>
            one.profile !== undefined &&
            (input.AssociationIds?.includes(one.profile.associationId) ?? true) &&
            passes(one),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids: input.AssociationIds });
        return { IamInstanceProfileAssociations: page.map(describe), ...next };
      },
    }),
  };

  function passRole(wanted: Wanted | undefined, call: Call): readonly Need[] {
    const roleArn = profiles.find(call.accountId, wanted?.Arn ?? wanted?.Name ?? "")?.roleArn;
    if (roleArn === undefined) return [];
    return [{ action: "iam:PassRole", resource: roleArn, context: { "iam:PassedToService": "ec2.amazonaws.com" } }];
  }

  function associate(instance: Instance, wanted: Wanted | undefined, call: Call): Association {
    if (wanted === undefined) throw missingParameter("IamInstanceProfile");
    const named = wanted.Arn ?? wanted.Name ?? "";
    const found = profiles.find(call.accountId, named);
    if (found === undefined) {
      throw invalidValue(
        `Value (${named.slice(0, 200)}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      );
    }
    const profile = { arn: found.arn, id: found.id, associationId: `iip-assoc-0${world.random.hex(16)}`, at: call.at };
    const changed = { ...instance, profile };
    things.instances.put(placeKey(call, instance.id), changed);
    return { ...describe(changed), State: "associating" as const };
  }

  function associated(id: string | undefined, call: Call): Instance {
    if (id === undefined) throw missingParameter("AssociationId");
    const found = instancesOf(ec2, call).find((one) => one.profile?.associationId === id);
    if (found === undefined)
      throw new AwsError("InvalidAssociationID.NotFound", `The association ID '${id.slice(0, 80)}' does not exist`);
    return found;
  }
}

function describe({ id, profile }: Instance): Association {
  if (profile === undefined) return { InstanceId: id };
  return {
    AssociationId: profile.associationId,
    InstanceId: id,
    IamInstanceProfile: { Arn: profile.arn, Id: profile.id },
    State: "associated",
    Timestamp: new Date(profile.at),
  };
}
