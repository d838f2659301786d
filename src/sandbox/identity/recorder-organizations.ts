import { type Clock } from "../../base/clock.ts";
import { type Delegations, type Organization } from "../../recorder/index.ts";
import { keyOf } from "../state/collection.ts";
import { type OrganizationBook } from "./organization-book.ts";

/** The organization of an account as the recorder asks for it. */
export function organizationForRecorder(book: OrganizationBook, accountId: string): Organization | undefined {
  const organization = book.organizationOf(accountId);
  if (organization === undefined) return undefined;
  const administrators = new Map<string, string[]>();
  for (const { service, accountId: administrator } of book.administrators.values(keyOf(organization.id, ""))) {
    administrators.set(service, [...(administrators.get(service) ?? []), administrator]);
  }
  return {
    id: organization.id,
    managementAccountId: organization.managementAccountId,
    memberIds: [...book.members.values()]
      .filter(({ organizationId }) => organizationId === organization.id)
      .map((member) => member.accountId),
    hasAllFeatures: organization.hasAllFeatures,
    trusts: [...book.services.values(keyOf(organization.id, ""))].map(({ service }) => service),
    delegatedAdministrators: Object.fromEntries(administrators),
  };
}

/** Delegated administrators that come and go by CloudTrail's own API, which trusts the service at once. */
export function delegationsForRecorder(book: OrganizationBook, clock: Clock): Delegations {
  return {
    async register({ id }, accountId, service) {
      const [at, trust] = [clock.now(), keyOf(id, service)];
      if (!book.services.has(trust)) book.services.put(trust, { service, at });
      book.administrators.put(keyOf(id, accountId, service), { organizationId: id, accountId, service, at });
    },
    async deregister({ id }, accountId, service) {
      book.administrators.delete(keyOf(id, accountId, service));
    },
  };
}
