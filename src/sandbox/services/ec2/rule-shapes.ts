import { isIP } from "node:net";

import { AwsError, type InputOf, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { ec2Arn, refuseOthers } from "./operation.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { type SecurityGroupRule } from "./things.ts";

type GivenPermission = NonNullable<InputOf<"ec2", "AuthorizeSecurityGroupIngress">["IpPermissions"]>[number];

export type RuleDraft = Omit<SecurityGroupRule, "id" | "isEgress">;

/** IANA's numbers under the names that EC2 answers. */
const protocols: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", all: "-1" };

/** Takes a permission with many peers apart into rules with one each. */
export function readPermission(permission: GivenPermission, accountId: string): readonly RuleDraft[] {
  refuseOthers(
    permission,
    ["IpProtocol", "FromPort", "ToPort", "IpRanges", "Ipv6Ranges", "UserIdGroupPairs", "PrefixListIds"],
    "IpPermissions.",
  );
  const { protocol, fromPort, toPort } = readPorts(permission.IpProtocol, permission.FromPort, permission.ToPort);
  const base = { protocol, fromPort, toPort };
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) => ({
      ...base,
      peer: { kind: "ipv4" as const, range: readCidr(CidrIp, 4) },
      description: Description,
    })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({
      ...base,
      peer: { kind: "ipv6" as const, range: readCidr(CidrIpv6, 6) },
      description: Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, UserId, Description }) => {
      if (GroupId === undefined) throw missingParameter("groupId");
      return {
        ...base,
        peer: { kind: "group" as const, groupId: GroupId, accountId: UserId ?? accountId },
        description: Description,
      };
    }),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) => {
      if (PrefixListId === undefined) throw missingParameter("prefixListId");
      return { ...base, peer: { kind: "prefix-list" as const, prefixListId: PrefixListId }, description: Description };
    }),
  ];
}

function readPorts(given: string | undefined, from: number | undefined, to: number | undefined) {
  if (given === undefined) throw missingParameter("ipProtocol");
  const lower = given.toLowerCase();
  const protocol = Object.hasOwn(protocols, lower) ? (protocols[lower] ?? lower) : lower;
  if (!/^(?:tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol))
    throw invalidValue(`Invalid value '${given.slice(0, 30)}' for IP protocol. Unknown protocol.`);
  if (protocol !== "tcp" && protocol !== "udp") return { protocol, fromPort: from ?? -1, toPort: to ?? -1 };
  if (from === undefined || to === undefined) {
    throw invalidValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  if (from < 0 || to > 65_535 || from > to) throw invalidValue(`Invalid value '${from}-${to}' for portRange.`);
  return { protocol, fromPort: from, toPort: to };
}

function readCidr(given: string | undefined, version: 4 | 6): string {
  const [address = "", bits = "", ...rest] = (given ?? "").slice(0, 60).split("/");
  const isGood = isIP(address) === version && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
  if (!isGood || rest.length > 0) throw invalidValue(`CIDR block ${String(given).slice(0, 60)} is malformed`);
  return `${address}/${bits}`;
}

/** Whether two rules let the same in, whatever is written beside them. */
export function isSameRule(a: RuleDraft, b: RuleDraft): boolean {
  return a.protocol === b.protocol && a.fromPort === b.fromPort && a.toPort === b.toPort && nameOf(a) === nameOf(b);
}

export function duplicateRule(rule: RuleDraft): AwsError {
  const ports =
    rule.protocol === "-1"
      ? "ALL"
      : `${rule.protocol.toUpperCase()}, from port: ${rule.fromPort}, to port: ${rule.toPort}`;
  return new AwsError(
    "InvalidPermission.Duplicate",
    `the specified rule "peer: ${nameOf(rule)}, ${ports}, ALLOW" already exists`,
  );
}

function nameOf({ peer }: RuleDraft): string {
  switch (peer.kind) {
    case "group":
      return peer.groupId;
    case "prefix-list":
      return peer.prefixListId;
    default:
      return peer.range;
  }
}

type DescribedPermission = NonNullable<
  NonNullable<OutputOf<"ec2", "DescribeSecurityGroups">["SecurityGroups"]>[number]["IpPermissions"]
>[number];

/** Puts rules together by protocol and ports, as EC2 tells them of a group. */
export function describePermissions(rules: readonly SecurityGroupRule[]): DescribedPermission[] {
  const together = Object.groupBy(rules, ({ protocol, fromPort, toPort }) => `${protocol}/${fromPort}/${toPort}`);
  return Object.values(together).flatMap((same) => {
    const [first] = same ?? [];
    if (same === undefined || first === undefined) return [];
    const described = (rule: SecurityGroupRule) =>
      rule.description === undefined ? {} : { Description: rule.description };
    return [
      {
        IpProtocol: first.protocol,
        ...(first.protocol === "-1" ? {} : { FromPort: first.fromPort, ToPort: first.toPort }),
        IpRanges: same.flatMap((rule) =>
          rule.peer.kind === "ipv4" ? [{ CidrIp: rule.peer.range, ...described(rule) }] : [],
        ),
        Ipv6Ranges: same.flatMap((rule) =>
          rule.peer.kind === "ipv6" ? [{ CidrIpv6: rule.peer.range, ...described(rule) }] : [],
        ),
        UserIdGroupPairs: same.flatMap((rule) =>
          rule.peer.kind === "group"
            ? [{ GroupId: rule.peer.groupId, UserId: rule.peer.accountId, ...described(rule) }]
            : [],
        ),
        PrefixListIds: same.flatMap((rule) =>
          rule.peer.kind === "prefix-list" ? [{ PrefixListId: rule.peer.prefixListId, ...described(rule) }] : [],
        ),
      },
    ];
  });
}

type DescribedRule = NonNullable<OutputOf<"ec2", "AuthorizeSecurityGroupIngress">["SecurityGroupRules"]>[number];

/** One rule by itself. */
export function describeRule(call: Call, groupId: string, rule: SecurityGroupRule): DescribedRule {
  const { peer } = rule;
  return {
    GroupOwnerId: call.accountId,
    GroupId: groupId,
    SecurityGroupRuleId: rule.id,
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...(peer.kind === "ipv4" ? { CidrIpv4: peer.range } : {}),
    ...(peer.kind === "ipv6" ? { CidrIpv6: peer.range } : {}),
    ...(peer.kind === "group" ? { ReferencedGroupInfo: { GroupId: peer.groupId, UserId: peer.accountId } } : {}),
    ...(peer.kind === "prefix-list" ? { PrefixListId: peer.prefixListId } : {}),
    SecurityGroupRuleArn: ec2Arn(call, `security-group-rule/${rule.id}`),
  };
}
