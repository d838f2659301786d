import { findGroup, findOwnRole, findRole, findUser } from "./find-entity.ts";
import { entityPolicies } from "./entity-policies.ts";
import { type Iam, type IamOperations } from "./iam.ts";

/** Attached and inline policies of users, groups and roles: the same seven operations for each. */
export function entityPolicyOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  const users = entityPolicies(iam, "user", directory.users, (call, name) => findUser(iam, call.accountId, name));
  const groups = entityPolicies(iam, "group", directory.groups, (call, name) => findGroup(iam, call.accountId, name));
  const roles = entityPolicies(iam, "role", directory.roles, (call, name, isChange) =>
    isChange ? findOwnRole(iam, call.accountId, name) : findRole(iam, call.accountId, name),
  );
  return {
    AttachUserPolicy: {
      needs: ({ UserName, PolicyArn }, call) => users.needForPolicy(call, UserName, PolicyArn),
      answer: ({ UserName, PolicyArn }, call) => users.attach(call, UserName, PolicyArn),
    },
    DetachUserPolicy: {
      needs: ({ UserName, PolicyArn }, call) => users.needForPolicy(call, UserName, PolicyArn),
      answer: ({ UserName, PolicyArn }, call) => users.detach(call, UserName, PolicyArn),
    },
    ListAttachedUserPolicies: {
      needs: ({ UserName }, call) => users.needOf(call, UserName),
      answer: (input, call) => users.listAttached(call, input.UserName, input),
    },
    PutUserPolicy: {
      needs: ({ UserName }, call) => users.needOf(call, UserName),
      answer: ({ UserName, PolicyName, PolicyDocument }, call) =>
        users.putInline(call, UserName, PolicyName, PolicyDocument),
    },
    GetUserPolicy: {
      needs: ({ UserName }, call) => users.needOf(call, UserName),
      answer({ UserName, PolicyName }, call) {
        const { name, policyName, document } = users.getInline(call, UserName, PolicyName);
        return { UserName: name, PolicyName: policyName, PolicyDocument: document };
      },
    },
    DeleteUserPolicy: {
      needs: ({ UserName }, call) => users.needOf(call, UserName),
      answer: ({ UserName, PolicyName }, call) => users.deleteInline(call, UserName, PolicyName),
    },
    ListUserPolicies: {
      needs: ({ UserName }, call) => users.needOf(call, UserName),
      answer: (input, call) => users.listInline(call, input.UserName, input),
    },
    AttachGroupPolicy: {
      needs: ({ GroupName, PolicyArn }, call) => groups.needForPolicy(call, GroupName, PolicyArn),
      answer: ({ GroupName, PolicyArn }, call) => groups.attach(call, GroupName, PolicyArn),
    },
    DetachGroupPolicy: {
      needs: ({ GroupName, PolicyArn }, call) => groups.needForPolicy(call, GroupName, PolicyArn),
      answer: ({ GroupName, PolicyArn }, call) => groups.detach(call, GroupName, PolicyArn),
    },
    ListAttachedGroupPolicies: {
      needs: ({ GroupName }, call) => groups.needOf(call, GroupName),
      answer: (input, call) => groups.listAttached(call, input.GroupName, input),
    },
    PutGroupPolicy: {
      needs: ({ GroupName }, call) => groups.needOf(call, GroupName),
      answer: ({ GroupName, PolicyName, PolicyDocument }, call) =>
        groups.putInline(call, GroupName, PolicyName, PolicyDocument),
    },
    GetGroupPolicy: {
      needs: ({ GroupName }, call) => groups.needOf(call, GroupName),
      answer({ GroupName, PolicyName }, call) {
        const { name, policyName, document } = groups.getInline(call, GroupName, PolicyName);
        return { GroupName: name, PolicyName: policyName, PolicyDocument: document };
      },
    },
    DeleteGroupPolicy: {
      needs: ({ GroupName }, call) => groups.needOf(call, GroupName),
      answer: ({ GroupName, PolicyName }, call) => groups.deleteInline(call, GroupName, PolicyName),
    },
    ListGroupPolicies: {
      needs: ({ GroupName }, call) => groups.needOf(call, GroupName),
      answer: (input, call) => groups.listInline(call, input.GroupName, input),
    },
    AttachRolePolicy: {
      needs: ({ RoleName, PolicyArn }, call) => roles.needForPolicy(call, RoleName, PolicyArn),
      answer: ({ RoleName, PolicyArn }, call) => roles.attach(call, RoleName, PolicyArn),
    },
    DetachRolePolicy: {
      needs: ({ RoleName, PolicyArn }, call) => roles.needForPolicy(call, RoleName, PolicyArn),
      answer: ({ RoleName, PolicyArn }, call) => roles.detach(call, RoleName, PolicyArn),
    },
    ListAttachedRolePolicies: {
      needs: ({ RoleName }, call) => roles.needOf(call, RoleName),
      answer: (input, call) => roles.listAttached(call, input.RoleName, input),
    },
    PutRolePolicy: {
      needs: ({ RoleName }, call) => roles.needOf(call, RoleName),
      answer: ({ RoleName, PolicyName, PolicyDocument }, call) =>
        roles.putInline(call, RoleName, PolicyName, PolicyDocument),
    },
    GetRolePolicy: {
      needs: ({ RoleName }, call) => roles.needOf(call, RoleName),
      answer({ RoleName, PolicyName }, call) {
        const { name, policyName, document } = roles.getInline(call, RoleName, PolicyName);
        return { RoleName: name, PolicyName: policyName, PolicyDocument: document };
      },
    },
    DeleteRolePolicy: {
      needs: ({ RoleName }, call) => roles.needOf(call, RoleName),
      answer: ({ RoleName, PolicyName }, call) => roles.deleteInline(call, RoleName, PolicyName),
    },
    ListRolePolicies: {
      needs: ({ RoleName }, call) => roles.needOf(call, RoleName),
      answer: (input, call) => roles.listInline(call, input.RoleName, input),
    },
  };
}
