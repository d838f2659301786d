import { type OrganizationThing } from "../../identity/organization-book.ts";
import { type Tag } from "../../identity/things.ts";
import { notFound } from "./errors.ts";
import {
  managedOrganization,
  mergeTags,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  readableOrganization,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

interface Tagged {
  readonly tags: readonly Tag[];
  readonly keep: (tags: readonly Tag[]) => void;
}

/** Tags of accounts, units, policies and the root. */
export function tagOperations(organizations: Organizations): OrganizationsOperations {
  const { book } = organizations;
  const find = (organization: OrganizationThing, id: string): Tagged => {
    if (id === organization.rootId) {
      const keep = (tags: readonly Tag[]) =>
        book.organizations.put(organization.id, { ...organization, rootTags: tags });
      return { tags: organization.rootTags, keep };
    }
    const member = book.members.get(id);
    if (member?.organizationId === organization.id) {
      return { tags: member.tags, keep: (tags) => book.members.put(id, { ...member, tags }) };
    }
    const unit = book.units.get(id);
    if (unit?.organizationId === organization.id) {
      return { tags: unit.tags, keep: (tags) => book.units.put(id, { ...unit, tags }) };
    }
    const policy = book.policies.get(id);
    if (policy?.organizationId === organization.id) {
      return { tags: policy.tags, keep: (tags) => book.policies.put(id, { ...policy, tags }) };
    }
    throw notFound("TargetNotFoundException", "a root, OU, account, or policy");
  };
  return {
    TagResource: {
      needs: (_, call) => needAnywhere(call),
      answer({ ResourceId, Tags }, call) {
        const { tags, keep } = find(managedOrganization(organizations, call), ResourceId ?? "");
        keep(mergeTags(tags, Tags));
        return {};
      },
    },
    UntagResource: {
      needs: (_, call) => needAnywhere(call),
      answer({ ResourceId, TagKeys }, call) {
        const { tags, keep } = find(managedOrganization(organizations, call), ResourceId ?? "");
        keep(tags.filter(({ Key }) => TagKeys?.includes(Key) !== true));
        return {};
      },
    },
    ListTagsForResource: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const { tags } = find(readableOrganization(organizations, call), input.ResourceId ?? "");
        const { items, ...page } = pageOf(tags, { NextToken: input.NextToken }, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}
