import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Member, type OrganizationThing } from "../../identity/organization-book.ts";
import { detachAll } from "./attachments.ts";
import { constraintViolation } from "./errors.ts";
import {
  findMember,
  managedOrganization,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  ownOrganization,
} from "./organizations.ts";

/** How accounts go: by themselves, or sent away. They stay in the sandbox. */
export function leavingOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book } = organizations;
  const leave = (organization: OrganizationThing, member: Member): void => {
    if (member.accountId === organization.managementAccountId) {
      throw new AwsError(
        "MasterCannotLeaveOrganizationException",
        "You can't remove a management account from an organization.",
      );
    }
    if ([...book.administrators.values(keyOf(organization.id, member.accountId, ""))].length > 0) {
      throw constraintViolation(
        "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
        "You attempted to remove an account that is registered as a delegated administrator for a service.",
      );
    }
    world.state.together(() => {
      detachAll(organizations, member.accountId);
      book.members.delete(member.accountId);
    });
  };
  return {
    LeaveOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const organization = ownOrganization(organizations, call);
        leave(organization, findMember(organizations, organization, call.accountId));
        return {};
      },
    },
    RemoveAccountFromOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer({ AccountId }, call) {
        const organization = managedOrganization(organizations, call);
        leave(organization, findMember(organizations, organization, AccountId));
        return {};
      },
    },
  };
}
