import type { QueryField } from "./field.ts";

const issuer = ["userIdentity", "sessionContext", "sessionIssuer"] as const;

/** Short names that stand for more than one path, or that read their value in a way of their own. */
export const aliasFields: readonly QueryField[] = [
  {
    name: "user",
    paths: [
      ["userIdentity", "userName"],
      ["userIdentity", "arn"],
      [...issuer, "userName"],
    ],
    summary: "The person: an IAM user's name, a role session's name, the end of the caller's ARN or all of it",
    example: "user:mary",
    aliases: [],
    kind: "text",
  },
  {
    name: "role",
    paths: [
      [...issuer, "userName"],
      [...issuer, "arn"],
      ["userIdentity", "arn"],
    ],
    summary: "The role whose sessions acted, by name or ARN",
    example: "role:Admin",
    aliases: [],
    kind: "text",
  },
  {
    name: "service",
    paths: [["eventSource"]],
    summary: "The service that was called; .amazonaws.com may be left out",
    example: "service:iam",
    aliases: [],
    kind: "text",
  },
  {
    name: "account",
    paths: [["recipientAccountId"], ["userIdentity", "accountId"]],
    summary: "The account that received the record, else the caller's",
    example: "account:123456789012",
    aliases: [],
    kind: "text",
  },
  {
    name: "resource",
    paths: [
      ["resources", "ARN"],
      ["requestParameters", "*"],
    ],
    summary: "What was acted on: a resource's ARN, the end of it, or a request parameter with this value",
    example: "resource:audit-logs",
    aliases: [],
    kind: "text",
  },
  {
    name: "agent",
    paths: [["userAgent"]],
    summary: "Part of the program's name; userAgent asks for the whole",
    example: "agent:aws-cli",
    aliases: [],
    kind: "text",
  },
  {
    name: "country",
    paths: [],
    summary: "The country the call came from",
    example: "country:KP",
    aliases: [],
    kind: "text",
    unavailable: "Addresses are not looked up yet",
  },
  {
    name: "asn",
    paths: [],
    summary: "The network the call came from",
    example: "asn:16509",
    aliases: [],
    kind: "number",
    unavailable: "Addresses are not looked up yet",
  },
  {
    name: "rule",
    paths: [],
    summary: "The detection rule that fired",
    example: "rule:trail-stopped",
    aliases: [],
    kind: "text",
    unavailable: "There are no detections yet",
  },
  {
    name: "severity",
    paths: [],
    summary: "How grave the finding is",
    example: "severity:high",
    aliases: [],
    kind: "text",
    unavailable: "There are no detections yet",
  },
];
