import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { accountShape } from "./account-shape.ts";
import { constraintViolation, invalidInput } from "./errors.ts";
import {
  dateOf,
  findMember,
  managedOrganization,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  readableOrganization,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

/** Services that the organization trusts, and accounts that look after one of them for it. */
export function serviceOperations(organizations: Organizations): OrganizationsOperations {
  const { book } = organizations;
  return {
    EnableAWSServiceAccess: {
      needs: ({ ServicePrincipal }, call) => [serviceNeed(call.operation, ServicePrincipal)],
      answer({ ServicePrincipal }, call) {
        const organization = managedOrganization(organizations, call);
        const service = checkService(ServicePrincipal);
        if (!organization.hasAllFeatures) {
          throw constraintViolation(
            "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
            "The organization must have all features enabled.",
          );
        }
        const key = keyOf(organization.id, service);
        if (!book.services.has(key)) book.services.put(key, { service, at: call.at });
        return {};
      },
    },
    DisableAWSServiceAccess: {
      needs: ({ ServicePrincipal }, call) => [serviceNeed(call.operation, ServicePrincipal)],
      answer({ ServicePrincipal }, call) {
        const organization = managedOrganization(organizations, call);
        const service = checkService(ServicePrincipal);
        const administrators = [...book.administrators.values(keyOf(organization.id, ""))];
        if (administrators.some((administrator) => administrator.service === service)) {
          throw constraintViolation(
            "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
            "You attempted to disable AWS service access for a service that has registered delegated administrators.",
          );
        }
        book.services.delete(keyOf(organization.id, service));
        return {};
      },
    },
    ListAWSServiceAccessForOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const { items, ...page } = pageOf(
          book.services.values(keyOf(organization.id, "")),
          input,
          ({ service }) => service,
        );
        const shapes = items.map(({ service, at }) => ({ ServicePrincipal: service, DateEnabled: dateOf(at) }));
        return { EnabledServicePrincipals: shapes, ...page };
      },
    },
    RegisterDelegatedAdministrator: {
      needs: ({ ServicePrincipal }, call) => [serviceNeed(call.operation, ServicePrincipal)],
      answer({ AccountId, ServicePrincipal }, call) {
        const organization = managedOrganization(organizations, call);
        const service = checkService(ServicePrincipal);
        const member = findMember(organizations, organization, AccountId);
        if (member.accountId === organization.managementAccountId) {
          throw constraintViolation(
            "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
            "You cannot register master account/management account as delegated administrator for your organization.",
          );
        }
        if (!book.services.has(keyOf(organization.id, service))) {
          throw constraintViolation(
            "SERVICE_ACCESS_NOT_ENABLED",
            "You attempted to register a delegated administrator before you enabled service access. Call the EnableAWSServiceAccess API first.",
          );
        }
        const key = keyOf(organization.id, member.accountId, service);
        if (book.administrators.has(key)) {
          throw new AwsError(
            "AccountAlreadyRegisteredException",
            "The specified account is already a delegated administrator for this AWS service.",
          );
        }
        book.administrators.put(key, {
          organizationId: organization.id,
          accountId: member.accountId,
          service,
          at: call.at,
        });
        return {};
      },
    },
    DeregisterDelegatedAdministrator: {
      needs: ({ ServicePrincipal }, call) => [serviceNeed(call.operation, ServicePrincipal)],
      answer({ AccountId, ServicePrincipal }, call) {
        const organization = managedOrganization(organizations, call);
        const service = checkService(ServicePrincipal);
        const member = findMember(organizations, organization, AccountId);
        if (!book.administrators.delete(keyOf(organization.id, member.accountId, service))) throw notRegistered();
        return {};
      },
    },
    ListDelegatedAdministrators: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const firsts = new Map<string, number>();
        for (const { accountId, service, at } of book.administrators.values(keyOf(organization.id, ""))) {
          if (input.ServicePrincipal !== undefined && input.ServicePrincipal !== service) continue;
          firsts.set(accountId, Math.min(at, firsts.get(accountId) ?? at));
        }
        const { items, ...page } = pageOf(firsts, input, ([accountId]) => accountId);
        const shapes = items.flatMap(([accountId, at]) => {
          const member = book.members.get(accountId);
          return member === undefined
            ? []
            : [{ ...accountShape(organization, member), DelegationEnabledDate: dateOf(at) }];
        });
        return { DelegatedAdministrators: shapes, ...page };
      },
    },
    ListDelegatedServicesForAccount: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const { accountId } = findMember(organizations, organization, input.AccountId);
        const own = [...book.administrators.values(keyOf(organization.id, accountId, ""))];
        if (own.length === 0) throw notRegistered();
        const { items, ...page } = pageOf(own, input, ({ service }) => service);
        const shapes = items.map(({ service, at }) => ({
          ServicePrincipal: service,
          DelegationEnabledDate: dateOf(at),
        }));
        return { DelegatedServices: shapes, ...page };
      },
    },
  };
}

function serviceNeed(operation: string, service: string | undefined) {
  return {
    action: `organizations:${operation}`,
    resource: "*",
    context: { "organizations:ServicePrincipal": service ?? "" },
  };
}

function checkService(service: string | undefined): string {
  const given = service ?? "";
  if (!/^[a-z0-9.-]{1,128}\.amazonaws\.com$/.test(given) || given.length > 128) {
    throw invalidInput("INVALID_SERVICE_PRINCIPAL", "You specified a service principal that doesn't exist.");
  }
  return given;
}

function notRegistered(): AwsError {
  return new AwsError(
    "AccountNotRegisteredException",
    "The specified account is not a delegated administrator for this AWS service.",
  );
}
