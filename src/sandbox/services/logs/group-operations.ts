import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readArn } from "../resource-arn.ts";
import { invalid } from "./invalid-parameter.ts";
import { groupArn, type LogsParts, onGroup, readGroup } from "./log-names.ts";
import { groupKey, type LogGroup } from "./log-store.ts";
import { withTags } from "./log-tags.ts";

/** CloudWatch Logs API Reference, PutRetentionPolicy. */
const retentions = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** Log groups, and how long and with which key they keep what they hold. */
export function groupOperations(parts: LogsParts) {
  const { store, policies } = parts;
  const put = (group: LogGroup) => store.groups.put(groupKey(group), group);

  function describe(group: LogGroup) {
    return {
      logGroupName: group.name,
      creationTime: group.createdAt,
      metricFilterCount: [...store.world.state.collection("logs/metric-filters").entries(keyOf(group.arn, ""))].length,
      arn: `${group.arn}:*`,
      logGroupArn: group.arn,
      storedBytes: store.storedBytes(group),
      logGroupClass: "STANDARD" as const,
      ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
      ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
    };
  }

  return {
    CreateLogGroup: {
      needs: (input, call) => {
        const group = readGroup(input.logGroupName, undefined, call);
        const needs = onGroup(parts, "CreateLogGroup", group);
        const isTagged = Object.keys(input.tags ?? {}).length > 0;
        return isTagged ? [...needs, { action: "logs:TagResource", resource: groupArn(group) }] : needs;
      },
      answer: (input, call) => {
        const address = readGroup(input.logGroupName, undefined, call);
        if (address.name.startsWith("aws/")) throw invalid("Log groups starting with aws/ are reserved for AWS.");
        if (input.logGroupClass !== undefined && input.logGroupClass !== "STANDARD")
          throw invalid("Log group classes other than STANDARD are not part of this endpoint.");
        if (input.deletionProtectionEnabled === true)
          throw invalid("Deletion protection is not part of this endpoint.");
        if (store.groups.has(groupKey(address)))
          throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
        const kms = input.kmsKeyId === undefined ? {} : { kmsKeyId: checkKey(input.kmsKeyId, call.region) };
        put({ ...address, arn: groupArn(address), createdAt: call.at, ...kms, tags: withTags({}, input.tags) });
        return {};
      },
    },
    DeleteLogGroup: {
      needs: (input, call) => onGroup(parts, "DeleteLogGroup", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        store.deleteGroup(store.groupOf(readGroup(input.logGroupName, undefined, call)));
        return {};
      },
    },
    DescribeLogGroups: {
      needs: (_input, call) =>
        onGroup({ store, policies }, "DescribeLogGroups", { accountId: call.accountId, region: call.region, name: "" }),
      answer: (input, call) => {
        if ((input.accountIdentifiers?.length ?? 0) > 0 || input.includeLinkedAccounts === true)
          throw invalid("Linked accounts are not part of this endpoint.");
        if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined)
          throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        if ((input.logGroupIdentifiers?.length ?? 0) > 0)
          throw invalid("logGroupIdentifiers are not part of this endpoint.");
        const all = [...store.groups.values(keyOf(call.accountId, call.region, input.logGroupNamePrefix ?? ""))];
        const pattern = input.logGroupNamePattern?.toLowerCase();
        const found = all.filter(
          ({ name }) =>
            (pattern === undefined || name.toLowerCase().includes(pattern)) &&
            (input.logGroupClass ?? "STANDARD") === "STANDARD",
        );
        const page = pageOf(found, ({ name }) => name, limitOf(input.limit, 50), input.nextToken);
        if (page === undefined) throw invalid("The specified nextToken is invalid.");
        return { logGroups: page.items.map(describe), ...(page.next === undefined ? {} : { nextToken: page.next }) };
      },
    },
    PutRetentionPolicy: {
      needs: (input, call) => onGroup(parts, "PutRetentionPolicy", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, undefined, call));
        const days = input.retentionInDays ?? 0;
        if (!retentions.has(days))
          throw invalid(
            `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set`,
          );
        put({ ...group, retentionDays: days });
        return {};
      },
    },
    DeleteRetentionPolicy: {
      needs: (input, call) => onGroup(parts, "DeleteRetentionPolicy", readGroup(input.logGroupName, undefined, call)),
      answer: (input, call) => {
        const { retentionDays: _days, ...group } = store.groupOf(readGroup(input.logGroupName, undefined, call));
        put(group);
        return {};
      },
    },
    AssociateKmsKey: {
      needs: (input, call) =>
        onGroup(parts, "AssociateKmsKey", readGroup(input.logGroupName, input.resourceIdentifier, call)),
      answer: (input, call) => {
        const group = store.groupOf(readGroup(input.logGroupName, input.resourceIdentifier, call));
        put({ ...group, kmsKeyId: checkKey(input.kmsKeyId, call.region) });
        return {};
      },
    },
    DisassociateKmsKey: {
      needs: (input, call) =>
        onGroup(parts, "DisassociateKmsKey", readGroup(input.logGroupName, input.resourceIdentifier, call)),
      answer: (input, call) => {
        const { kmsKeyId: _key, ...group } = store.groupOf(
          readGroup(input.logGroupName, input.resourceIdentifier, call),
        );
        put(group);
        return {};
      },
    },
  } satisfies Service<"logs">["operations"];
}

/** A page's size, from 1 on. */
export function limitOf(limit: number | undefined, max: number): number {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= max))
    throw invalid(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must be from 1 to ${max}`,
    );
  return limit ?? max;
}

function checkKey(keyId: string | undefined, region: string): string {
  const arn = readArn(keyId);
  if (keyId === undefined || arn?.service !== "kms" || arn.region !== region || !arn.resource.startsWith("key/"))
    throw invalid("The specified KMS key Id is not the ARN of a key in this region.");
  return keyId;
}
