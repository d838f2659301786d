import { ensureServiceLinkedRole, linkedRoleName } from "../../identity/service-linked-roles.ts";
import { invalidInput, noSuchEntity, notFound } from "./errors.ts";
import { findRole } from "./find-entity.ts";
import { arnOfNamed, type Iam, type IamOperations, needOn } from "./iam.ts";
import { roleShape } from "./roles.ts";
import { checkLength } from "./validation.ts";

interface DeletionTask {
  readonly accountId: string;
  readonly roleName: string;
  readonly at: number;
}

/** Roles that belong to a service of AWS. */
export function serviceLinkedRoleOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const tasks = world.state.collection<DeletionTask>("iam/deletion-tasks");
  return {
    CreateServiceLinkedRole: {
      needs: ({ AWSServiceName }, call) => [
        needOn(
          call,
          `arn:aws:iam::${call.accountId}:role/aws-service-role/${AWSServiceName ?? ""}/${linkedRoleName(AWSServiceName ?? "") ?? ""}`,
          { "iam:AWSServiceName": AWSServiceName ?? "" },
        ),
      ],
      answer({ AWSServiceName, CustomSuffix, Description }, call) {
        const service = AWSServiceName ?? "";
        checkLength("awsServiceName", service, 1, 128);
        checkLength("description", Description ?? "", 0, 1000);
        const name = linkedRoleName(service);
        if (name === undefined)
          throw invalidInput(
            `Service name ${service} is not a valid service principal with a service-linked role in the sandbox`,
          );
        if (CustomSuffix !== undefined) throw invalidInput(`Custom suffix is not allowed for ${service}`);
        if (directory.roles.isTaken(call.accountId, name)) {
          throw invalidInput(
            `Service role name ${name} has been taken in this account, please try a different suffix.`,
          );
        }
        const role = ensureServiceLinkedRole(world, directory, call.accountId, service, Description);
        return { Role: role === undefined ? undefined : { ...roleShape(iam, role), RoleLastUsed: undefined } };
      },
    },
    DeleteServiceLinkedRole: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer({ RoleName }, call) {
        const role = findRole(iam, call.accountId, RoleName);
        if (role.linkedService === undefined) throw notFound("service linked role", RoleName);
        const id = `task/aws-service-role/${role.linkedService}/${role.name}/${world.random.uuid()}`;
        world.state.together(() => {
          directory.roles.delete(role);
          tasks.put(id, { accountId: call.accountId, roleName: role.name, at: call.at });
        });
        return { DeletionTaskId: id };
      },
    },
    GetServiceLinkedRoleDeletionStatus: {
      needs: (_, call) => [needOn(call, "*")],
      answer({ DeletionTaskId }, call) {
        const task = tasks.get(DeletionTaskId ?? "");
        if (task === undefined || task.accountId !== call.accountId) {
          throw noSuchEntity(`The deletion task id ${DeletionTaskId ?? ""} cannot be found.`);
        }
        return { Status: "SUCCEEDED" };
      },
    },
  };
}
