import { AwsError, type InputOf, type OutputOf } from "../../../aws/index.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call, type Need } from "../../service.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { printRequest } from "./record-shape.ts";
import { invalidCombination, missingParameter, noSuchThing } from "./refusals.ts";
import { describeRule, duplicateRule, isSameRule, readPermission, type RuleDraft } from "./rule-shapes.ts";
import { findNamedGroup, findSecurityGroup } from "./security-groups.ts";
import { putTags, specifiedTags, tagContext, tagsOf } from "./tags.ts";
import { placeKey, type SecurityGroup, type SecurityGroupRule } from "./things.ts";

/** VPC User Guide, "Amazon VPC quotas": rules of a group in one direction. */
const rulesMax = 60;

type Authorize = InputOf<"ec2", "AuthorizeSecurityGroupIngress">;
type Revoke = InputOf<"ec2", "RevokeSecurityGroupIngress">;
type Given = Pick<Authorize, "IpPermissions" | "IpProtocol" | "FromPort" | "ToPort" | "CidrIp">;

/** Rules in and out: made, and taken away. */
export function securityGroupRuleOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  const simple = ["IpProtocol", "FromPort", "ToPort", "CidrIp"] as const;
  return {
    AuthorizeSecurityGroupIngress: ec2Operation(ec2, "AuthorizeSecurityGroupIngress", {
      honours: ["GroupId", "GroupName", "IpPermissions", "TagSpecifications", ...simple],
      needs: (input, call) =>
        groupNeeds("AuthorizeSecurityGroupIngress", input, call, tagContext(input.TagSpecifications)),
      record: recordRules,
      answer: (input, call) => authorize(input, call, false),
    }),
    AuthorizeSecurityGroupEgress: ec2Operation(ec2, "AuthorizeSecurityGroupEgress", {
      honours: ["GroupId", "IpPermissions", "TagSpecifications", ...simple],
      needs: (input, call) =>
        groupNeeds("AuthorizeSecurityGroupEgress", input, call, tagContext(input.TagSpecifications)),
      record: recordRules,
      answer: (input, call) => authorize(input, call, true),
    }),
    RevokeSecurityGroupIngress: ec2Operation(ec2, "RevokeSecurityGroupIngress", {
      honours: ["GroupId", "GroupName", "IpPermissions", "SecurityGroupRuleIds", ...simple],
      needs: (input, call) => groupNeeds("RevokeSecurityGroupIngress", input, call),
      record: recordRules,
      answer: (input, call) => revoke(input, call, false),
    }),
    RevokeSecurityGroupEgress: ec2Operation(ec2, "RevokeSecurityGroupEgress", {
      honours: ["GroupId", "IpPermissions", "SecurityGroupRuleIds", ...simple],
      needs: (input, call) => groupNeeds("RevokeSecurityGroupEgress", input, call),
      record: recordRules,
      answer: (input, call) => revoke(input, call, true),
    }),
  };

  function groupNeeds(
    operation: string,
    input: { readonly GroupId?: string | undefined },
    call: Call,
    context: Need["context"] = {},
  ): readonly Need[] {
    const id = input.GroupId;
    const tags = tagsOf(ec2, call, id ?? "");
    return [need(operation, ec2Arn(call, `security-group/${id ?? "*"}`), call, { tags, context })];
  }

  function authorize(
    input: Authorize,
    call: Call,
    isEgress: boolean,
  ): OutputOf<"ec2", "AuthorizeSecurityGroupIngress"> {
    const group = findNamedGroup(ec2, call, input.GroupId, input.GroupName);
    const drafts = readRules(input, call);
    if (drafts.length === 0) throw missingParameter("ipPermissions");
    for (const { peer } of drafts) {
      if (peer.kind === "group" && peer.accountId === call.accountId) findSecurityGroup(ec2, call, peer.groupId);
    }
    const before = group.rules.filter((rule) => rule.isEgress === isEgress);
    for (const [index, draft] of drafts.entries()) {
      if ([...before, ...drafts.slice(0, index)].some((rule) => isSameRule(rule, draft))) throw duplicateRule(draft);
    }
    if (before.length + drafts.length > rulesMax) {
      throw new AwsError(
        "RulesPerSecurityGroupLimitExceeded",
        "The maximum number of rules per security group has been reached.",
      );
    }
    const tags = specifiedTags(input.TagSpecifications, "security-group-rule");
    const rules = drafts.map((draft) => ({ ...draft, id: `sgr-0${world.random.hex(16)}`, isEgress }));
    things.securityGroups.put(placeKey(call, group.id), { ...group, rules: [...group.rules, ...rules] });
    for (const { id } of rules) putTags(ec2, call, id, tags);
    return { Return: true, SecurityGroupRules: rules.map((rule) => describeRule(call, group.id, rule)) };
  }

  function revoke(input: Revoke, call: Call, isEgress: boolean): OutputOf<"ec2", "RevokeSecurityGroupIngress"> {
    const group = findNamedGroup(ec2, call, input.GroupId, input.GroupName);
    const gone = [
      ...(input.SecurityGroupRuleIds ?? []).map((id) => ruleById(group, id, isEgress)),
      ...readRules(input, call).map((draft) => ruleLike(group, draft, isEgress)),
    ];
    if (gone.length === 0) throw missingParameter("ipPermissions");
    const rules = group.rules.filter((rule) => !gone.includes(rule));
    things.securityGroups.put(placeKey(call, group.id), { ...group, rules });
    for (const { id } of gone) things.tags.delete(placeKey(call, id));
    return {
      Return: true,
      RevokedSecurityGroupRules: gone.map((rule) => {
        // Told without its ARN and its group's owner.
        const { SecurityGroupRuleArn: _arn, GroupOwnerId: _owner, ...described } = describeRule(call, group.id, rule);
        return described;
      }),
    };
  }
}

function ruleById(group: SecurityGroup, id: string, isEgress: boolean): SecurityGroupRule {
  const found = group.rules.find((rule) => rule.id === id && rule.isEgress === isEgress);
  if (found === undefined) throw noSuchThing("security group rule", id);
  return found;
}

function ruleLike(group: SecurityGroup, draft: RuleDraft, isEgress: boolean): SecurityGroupRule {
  const found = group.rules.find((rule) => rule.isEgress === isEgress && isSameRule(rule, draft));
  if (found !== undefined) return found;
  throw new AwsError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
}

/** Rules come as permissions, or one alone in the request's own members. */
function readRules(input: Given, call: Call): readonly RuleDraft[] {
  const { IpPermissions: permissions = [], IpProtocol, FromPort, ToPort, CidrIp } = input;
  if (permissions.length > rulesMax)
    throw new AwsError("RulesPerSecurityGroupLimitExceeded", "Too many rules in one request");
  if (IpProtocol === undefined && CidrIp === undefined)
    return permissions.flatMap((one) => readPermission(one, call.accountId));
  if (permissions.length > 0)
    throw invalidCombination("The parameter ipPermissions cannot be used with ipProtocol or cidrIp");
  return readPermission(
    { IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? undefined : [{ CidrIp }] },
    call.accountId,
  );
}

function recordRules(input: object): JsonObject {
  return printRequest(input, ["IpPermissions"]);
}
