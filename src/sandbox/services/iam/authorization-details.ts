import { type OutputOf } from "../../../aws/index.ts";
import { allAwsManagedPolicies } from "../../identity/aws-managed-policies.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type Entity, type Group, type ManagedPolicy, type Role, type User } from "../../identity/things.ts";
import { currentTrust } from "../../identity/trust-policy.ts";
import { attachmentsOf, boundariesOf } from "./attachment-counts.ts";
import { boundaryShape } from "./boundaries.ts";
import { dateOf, encodeDocument, type Iam, type IamOperations, needAnywhere } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkOneOf } from "./validation.ts";
import { policyShape } from "./managed-policies.ts";

type Details = OutputOf<"iam", "GetAccountAuthorizationDetails">;

const kinds = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"] as const;
type Kind = (typeof kinds)[number];

type Item =
  | { readonly kind: "User"; readonly thing: User }
  | { readonly kind: "Group"; readonly thing: Group }
  | { readonly kind: "Role"; readonly thing: Role }
  | { readonly kind: "Policy"; readonly thing: ManagedPolicy };

/** Everything of an account at once, which asset inventories read. */
export function authorizationDetailsOperations(iam: Iam): IamOperations {
  return {
    GetAccountAuthorizationDetails: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const filter = (input.Filter ?? kinds).map((kind, index) =>
          checkOneOf(`filter.${index + 1}.member`, kind, kinds),
        );
        const { items, ...page } = pageOf(
          itemsOf(iam, call.accountId, filter),
          input,
          ({ kind, thing }) => `${kind} ${thing.name.toLowerCase()}`,
        );
        return { ...shapesOf(iam, call.accountId, items), ...page };
      },
    },
  };
}

/** AWS's managed policies come along only when they are in use. */
function itemsOf(iam: Iam, accountId: string, filter: readonly Kind[]): readonly Item[] {
  const { directory } = iam;
  const inUse = new Set([...attachmentsOf(iam, accountId).keys(), ...boundariesOf(iam, accountId).keys()]);
  const of = <Thing>(kind: Kind, things: () => Iterable<Thing>) => (filter.includes(kind) ? [...things()] : []);
  return [
    ...of("User", () => directory.users.of(accountId)).map((thing) => ({ kind: "User" as const, thing })),
    ...of("Group", () => directory.groups.of(accountId)).map((thing) => ({ kind: "Group" as const, thing })),
    ...of("Role", () => directory.roles.of(accountId)).map((thing) => ({ kind: "Role" as const, thing })),
    ...of("LocalManagedPolicy", () => directory.policies.of(accountId)).map((thing) => ({
      kind: "Policy" as const,
      thing,
    })),
    ...of("AWSManagedPolicy", () => allAwsManagedPolicies().filter(({ arn }) => inUse.has(arn))).map((thing) => ({
      kind: "Policy" as const,
      thing,
    })),
  ];
}

function shapesOf(iam: Iam, accountId: string, items: readonly Item[]): Details {
  const { directory } = iam;
  const users: NonNullable<Details["UserDetailList"]> = [];
  const groups: NonNullable<Details["GroupDetailList"]> = [];
  const roles: NonNullable<Details["RoleDetailList"]> = [];
  const policies: NonNullable<Details["Policies"]> = [];
  for (const item of items) {
    if (item.kind === "User") {
      users.push({
        ...common(item.thing, "user"),
        UserName: item.thing.name,
        UserId: item.thing.id,
        UserPolicyList: inlineOf(item.thing),
        GroupList: directory.groupsOf(item.thing).map(({ name }) => name),
        AttachedManagedPolicies: attachedOf(iam, item.thing),
        ...boundaryShape(item.thing.boundaryArn),
        Tags: [...item.thing.tags],
      });
    } else if (item.kind === "Group") {
      groups.push({
        ...common(item.thing, "group"),
        GroupName: item.thing.name,
        GroupId: item.thing.id,
        GroupPolicyList: inlineOf(item.thing),
        AttachedManagedPolicies: attachedOf(iam, item.thing),
      });
    } else if (item.kind === "Role") {
      roles.push({ ...roleDetail(iam, item.thing) });
    } else {
      const { Description: _, ...shape } = policyShape(iam, item.thing, accountId);
      policies.push({
        ...shape,
        PolicyVersionList: item.thing.versions.map((version) => ({
          Document: encodeDocument(version.document),
          VersionId: version.id,
          IsDefaultVersion: version.id === item.thing.defaultVersionId,
          CreateDate: dateOf(version.createdAt),
        })),
      });
    }
  }
  return { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies: policies };
}

function roleDetail(iam: Iam, role: Role): NonNullable<Details["RoleDetailList"]>[number] {
  const profiles = [...iam.directory.instanceProfiles.of(role.accountId)].filter(
    ({ roleName }) => roleName === role.name,
  );
  return {
    ...common(role, "role"),
    RoleName: role.name,
    RoleId: role.id,
    AssumeRolePolicyDocument: encodeDocument(currentTrust(role, iam.directory)),
    InstanceProfileList: profiles.map((profile) => ({
      Path: profile.path,
      InstanceProfileName: profile.name,
      InstanceProfileId: profile.id,
      Arn: entityArn("instance-profile", profile),
      CreateDate: dateOf(profile.createdAt),
      Roles: [],
    })),
    RolePolicyList: inlineOf(role),
    AttachedManagedPolicies: attachedOf(iam, role),
    ...boundaryShape(role.boundaryArn),
    Tags: [...role.tags],
    RoleLastUsed: role.usedAt === undefined ? {} : { LastUsedDate: dateOf(role.usedAt), Region: role.usedRegion },
  };
}

function common(entity: Entity, kind: "user" | "group" | "role") {
  return { Path: entity.path, Arn: entityArn(kind, entity), CreateDate: dateOf(entity.createdAt) };
}

function inlineOf(entity: Entity) {
  return entity.inline.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encodeDocument(document) }));
}

function attachedOf({ directory }: Iam, entity: Entity) {
  return entity.attached.map((arn) => ({ PolicyName: directory.policy(arn)?.name ?? "", PolicyArn: arn }));
}
