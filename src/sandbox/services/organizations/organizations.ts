import { keyOf } from "../../../base/lasting.ts";
import { type Identity } from "../../identity/open-identity.ts";
import {
  type Member,
  type OrganizationBook,
  type OrganizationThing,
  type Unit,
} from "../../identity/organization-book.ts";
import { type Tag } from "../../identity/things.ts";
import { type Call, type Need, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { accessDenied, accountNotFound, invalidInput, notFound, notInUse } from "./errors.ts";

export type OrganizationsOperations = Service<"organizations">["operations"];

/** What the operations of Organizations work with. */
export interface Organizations {
  readonly world: Pick<World, "clock" | "random" | "state">;
  readonly identity: Identity;
  readonly book: OrganizationBook;
  readonly joined: AccountJoined;
}

/** Told when an account has been invited into an organization or made in it. */
export type AccountJoined = (organizationId: string, accountId: string) => void;

export function needAnywhere(call: Call): readonly Need[] {
  return [{ action: `organizations:${call.operation}`, resource: "*" }];
}

/** The caller's organization. */
export function ownOrganization({ book }: Organizations, call: Call): OrganizationThing {
  const organization = book.organizationOf(call.accountId);
  if (organization === undefined) throw notInUse();
  return organization;
}

/** The organization that the caller's account manages. */
export function managedOrganization(organizations: Organizations, call: Call): OrganizationThing {
  const organization = ownOrganization(organizations, call);
  if (organization.managementAccountId !== call.accountId) throw accessDenied();
  return organization;
}

/** The organization of a management account, or of a delegated administrator, who may look but not change. */
export function readableOrganization(organizations: Organizations, call: Call): OrganizationThing {
  const organization = ownOrganization(organizations, call);
  const { book } = organizations;
  const isManagement = organization.managementAccountId === call.accountId;
  const isDelegated = [...book.administrators.values(keyOf(organization.id, call.accountId, ""))].length > 0;
  if (!isManagement && !isDelegated) throw accessDenied();
  return organization;
}

export function findMember(
  { book }: Organizations,
  organization: OrganizationThing,
  accountId: string | undefined,
): Member {
  const id = accountId ?? "";
  if (!/^\d{12}$/.test(id)) throw invalidInput("INVALID_PATTERN");
  const member = book.members.get(id);
  if (member === undefined || member.organizationId !== organization.id) throw accountNotFound();
  return member;
}

export function findUnit({ book }: Organizations, organization: OrganizationThing, id: string | undefined): Unit {
  const unit = book.units.get(id ?? "");
  if (unit === undefined || unit.organizationId !== organization.id) {
    throw notFound("OrganizationalUnitNotFoundException", "an organizational unit");
  }
  return unit;
}

/** The root or organizational unit that a request names. */
export function readParent(
  organizations: Organizations,
  organization: OrganizationThing,
  id: string | undefined,
): string {
  if (!hasParent(organizations, organization, id ?? "")) throw notFound("ParentNotFoundException", "a root or OU");
  return id ?? "";
}

/** Makes an account a member of an organization, below its root. */
export function putMember(
  { book }: Organizations,
  organization: OrganizationThing,
  account: Pick<Member, "accountId" | "name" | "email" | "tags">,
  joined: Pick<Member, "joinedAt" | "joinedMethod">,
): void {
  book.members.put(account.accountId, {
    ...account,
    ...joined,
    organizationId: organization.id,
    parentId: organization.rootId,
    status: "ACTIVE",
  });
}

/** Whether there is a root or unit of this id in the organization. */
export function hasParent({ book }: Organizations, organization: OrganizationThing, id: string): boolean {
  return id === organization.rootId || book.units.get(id)?.organizationId === organization.id;
}

export function membersOf({ book }: Organizations, organization: OrganizationThing): readonly Member[] {
  return [...book.members.values()].filter(({ organizationId }) => organizationId === organization.id);
}

export function unitsOf({ book }: Organizations, organization: OrganizationThing): readonly Unit[] {
  return [...book.units.values()].filter(({ organizationId }) => organizationId === organization.id);
}

/** ARNs of Organizations carry the management account's number. */
export function arnIn(organization: OrganizationThing, kind: "account" | "root" | "ou", id: string): string {
  return `arn:aws:organizations::${organization.managementAccountId}:${kind}/${organization.id}/${id}`;
}

export function dateOf(at: number): Date {
  return new Date(at);
}

const tagsMax = 50;

/** Tags put over those that are there. */
export function mergeTags(
  known: readonly Tag[],
  given: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): readonly Tag[] {
  const tags = new Map(known.map((tag) => [tag.Key, tag]));
  for (const { Key = "", Value = "" } of given ?? []) {
    if (Key.length === 0 || Key.length > 128 || Value.length > 256) throw invalidInput("INVALID_PATTERN");
    if (/^aws:/i.test(Key)) throw invalidInput("INVALID_SYSTEM_TAGS_PARAMETER");
    tags.set(Key, { Key, Value });
  }
  if (tags.size > tagsMax) throw invalidInput("MAX_LENGTH_EXCEEDED");
  return [...tags.values()];
}
