import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { findVpc } from "./networks.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { printRequest } from "./record-shape.ts";
import { invalidValue, missingParameter, noSuchThing } from "./refusals.ts";
import { describePermissions, describeRule } from "./rule-shapes.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { placeKey, type SecurityGroup, type SecurityGroupRule } from "./things.ts";

export function findSecurityGroup({ things }: Ec2, call: Call, id: string | undefined): SecurityGroup {
  if (id === undefined) throw missingParameter("groupId");
  const found = things.securityGroups.get(placeKey(call, id));
  if (found === undefined) throw noSuchThing("security group", id);
  return found;
}

/** Finds a group by its id, or by its name, which is looked for in the default VPC (API Reference, DescribeSecurityGroups). */
export function findNamedGroup(ec2: Ec2, call: Call, id: string | undefined, name: string | undefined): SecurityGroup {
  if (id !== undefined) return findSecurityGroup(ec2, call, id);
  if (name === undefined) throw missingParameter("groupId");
  const vpcId = defaultVpcId(ec2, call);
  const found = [...ec2.things.securityGroups.values(placeKey(call))].find(
    (group) => group.name === name && group.vpcId === vpcId,
  );
  if (found !== undefined) return found;
  const message = `The security group '${name.slice(0, 255)}' does not exist in default VPC '${vpcId ?? "none"}'`;
  throw new AwsError("InvalidGroup.NotFound", message);
}

export function defaultVpcId({ things }: Ec2, call: Call): string | undefined {
  return [...things.vpcs.values(placeKey(call))].find(({ isDefault }) => isDefault)?.id;
}

export function securityGroupOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  return {
    CreateSecurityGroup: ec2Operation(ec2, "CreateSecurityGroup", {
      honours: ["GroupName", "Description", "VpcId", "TagSpecifications"],
      needs: (input, call) => [
        need("CreateSecurityGroup", ec2Arn(call, "security-group/*"), call, {
          context: tagContext(input.TagSpecifications),
        }),
        ...(input.VpcId === undefined ? [] : [need("CreateSecurityGroup", ec2Arn(call, `vpc/${input.VpcId}`), call)]),
      ],
      record: (input) => ({
        groupName: input.GroupName ?? "",
        groupDescription: input.Description ?? "",
        ...(input.VpcId === undefined ? {} : { vpcId: input.VpcId }),
        ...printRequest({ TagSpecifications: input.TagSpecifications }),
      }),
      answer(input, call) {
        const { GroupName: name, Description: description } = input;
        if (name === undefined) throw missingParameter("groupName");
        if (description === undefined) throw missingParameter("groupDescription");
        if (name.length > 255 || name.startsWith("sg-") || name === "default") {
          throw new AwsError(
            "InvalidParameterValue",
            "Invalid value for groupName: up to 255 characters, not 'default', and not beginning with sg-",
          );
        }
        if (description.length > 255) throw invalidValue("A description is up to 255 characters");
        const vpc = findVpc(ec2, call, input.VpcId ?? defaultVpcId(ec2, call));
        if (
          [...things.securityGroups.values(placeKey(call))].some((one) => one.name === name && one.vpcId === vpc.id)
        ) {
          throw new AwsError(
            "InvalidGroup.Duplicate",
            `The security group '${name}' already exists for VPC '${vpc.id}'`,
          );
        }
        const tags = specifiedTags(input.TagSpecifications, "security-group");
        const group: SecurityGroup = {
          id: `sg-0${world.random.hex(16)}`,
          name,
          description,
          vpcId: vpc.id,
          rules: [
            {
              id: `sgr-0${world.random.hex(16)}`,
              isEgress: true,
              protocol: "-1",
              fromPort: -1,
              toPort: -1,
              peer: { kind: "ipv4", range: "0.0.0.0/0" },
              description: undefined,
            },
          ],
        };
        things.securityGroups.put(placeKey(call, group.id), group);
        putTags(ec2, call, group.id, tags);
        return {
          GroupId: group.id,
          ...(Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) }),
          SecurityGroupArn: ec2Arn(call, `security-group/${group.id}`),
        };
      },
    }),
    DeleteSecurityGroup: ec2Operation(ec2, "DeleteSecurityGroup", {
      honours: ["GroupId", "GroupName"],
      needs: (input, call) => [
        need("DeleteSecurityGroup", ec2Arn(call, `security-group/${input.GroupId ?? "*"}`), call, {
          tags: tagsOf(ec2, call, input.GroupId ?? ""),
        }),
      ],
      answer(input, call) {
        const group = findNamedGroup(ec2, call, input.GroupId, input.GroupName);
        if (group.name === "default") {
          throw new AwsError(
            "CannotDelete",
            `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
          );
        }
        const isUsed = [...things.instances.values(placeKey(call))].some(
          (one) => one.told.to !== "terminated" && one.securityGroupIds.includes(group.id),
        );
        const isNamed = [...things.securityGroups.values(placeKey(call))].some(
          (other) =>
            other.id !== group.id && other.rules.some(({ peer }) => peer.kind === "group" && peer.groupId === group.id),
        );
        if (isUsed || isNamed) throw new AwsError("DependencyViolation", `resource ${group.id} has a dependent object`);
        things.securityGroups.delete(placeKey(call, group.id));
        for (const id of [group.id, ...group.rules.map((rule) => rule.id)]) things.tags.delete(placeKey(call, id));
        return { Return: true, GroupId: group.id };
      },
    }),
    DescribeSecurityGroups: ec2Operation(ec2, "DescribeSecurityGroups", {
      honours: ["GroupIds", "GroupNames", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        const ids = [
          ...(input.GroupIds ?? []).map((id) => findSecurityGroup(ec2, call, id).id),
          ...(input.GroupNames ?? []).map((name) => findNamedGroup(ec2, call, undefined, name).id),
        ];
        const ranges = (group: SecurityGroup, isEgress: boolean, kind: "ipv4" | "ipv6") =>
          group.rules.map(({ peer, isEgress: goesOut }) =>
            goesOut === isEgress && peer.kind === kind ? peer.range : undefined,
          );
        const ports = (group: SecurityGroup, pick: (rule: SecurityGroupRule) => string | number) =>
          group.rules.filter((rule) => !rule.isEgress).map((rule) => String(pick(rule)));
        const passes = readFilters<SecurityGroup>(
          input.Filters,
          {
            description: ({ description }) => [description],
            "egress.ip-permission.cidr": (group) => ranges(group, true, "ipv4"),
            "group-id": ({ id }) => [id],
            "group-name": ({ name }) => [name],
            "ip-permission.cidr": (group) => ranges(group, false, "ipv4"),
            "ip-permission.from-port": (group) => ports(group, ({ fromPort }) => fromPort),
            "ip-permission.ipv6-cidr": (group) => ranges(group, false, "ipv6"),
            "ip-permission.protocol": (group) => ports(group, ({ protocol }) => protocol),
            "ip-permission.to-port": (group) => ports(group, ({ toPort }) => toPort),
            "owner-id": () => [call.accountId],
            "vpc-id": ({ vpcId }) => [vpcId],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.securityGroups.values(placeKey(call))].filter(
          (group) => (ids.length === 0 || ids.includes(group.id)) && passes(group),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { ids });
        return { SecurityGroups: page.map((group) => describeGroup(group, call)), ...next };
      },
    }),
    DescribeSecurityGroupRules: ec2Operation(ec2, "DescribeSecurityGroupRules", {
      honours: ["SecurityGroupRuleIds", "Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        const all = [...things.securityGroups.values(placeKey(call))].flatMap((group) =>
          group.rules.map((rule) => ({ group, rule })),
        );
        const ids = input.SecurityGroupRuleIds;
        for (const id of ids ?? [])
          if (!all.some(({ rule }) => rule.id === id)) throw noSuchThing("security group rule", id);
        const passes = readFilters<(typeof all)[number]>(
          input.Filters,
          { "group-id": ({ group }) => [group.id], "security-group-rule-id": ({ rule }) => [rule.id] },
          ({ rule }) => tagsOf(ec2, call, rule.id),
        );
        const found = all.filter((one) => (ids?.includes(one.rule.id) ?? true) && passes(one));
        const { things: page, ...next } = pageOf(found, ({ rule }) => rule.id, input, { ids });
        const SecurityGroupRules = page.map(({ group, rule }) => ({
          ...describeRule(call, group.id, rule),
          Tags: tagList(tagsOf(ec2, call, rule.id)),
        }));
        return { SecurityGroupRules, ...next };
      },
    }),
  };

  function describeGroup(
    group: SecurityGroup,
    call: Call,
  ): NonNullable<OutputOf<"ec2", "DescribeSecurityGroups">["SecurityGroups"]>[number] {
    return {
      GroupId: group.id,
      GroupName: group.name,
      Description: group.description,
      VpcId: group.vpcId,
      OwnerId: call.accountId,
      SecurityGroupArn: ec2Arn(call, `security-group/${group.id}`),
      IpPermissions: describePermissions(group.rules.filter(({ isEgress }) => !isEgress)),
      IpPermissionsEgress: describePermissions(group.rules.filter(({ isEgress }) => isEgress)),
      Tags: tagList(tagsOf(ec2, call, group.id)),
    };
  }
}
