import { type Call, type Need } from "../../service.ts";
import { readArn } from "../resource-arn.ts";
import { invalid } from "./invalid-parameter.ts";
import { type GroupAddress, type LogStore } from "./log-store.ts";
import { type ResourcePolicies } from "./resource-policies.ts";

/** What the operations of CloudWatch Logs work with. */
export interface LogsParts {
  readonly store: LogStore;
  readonly policies: ResourcePolicies;
}

const groupShape = /^[.\-_/#A-Za-z0-9]{1,512}$/u;
const streamShape = /^[^:*]{1,512}$/u;

/** The group that a name, or an identifier that may be an ARN, means. */
export function readGroup(name: string | undefined, identifier: string | undefined, call: Call): GroupAddress {
  if (name !== undefined && identifier !== undefined)
    throw invalid("Only one of logGroupName and logGroupIdentifier may be given.");
  const arn = readArn(identifier);
  if (arn !== undefined) {
    const found = /^log-group:([^:*]+)(?::\*)?$/u.exec(arn.resource)?.[1];
    if (arn.service !== "logs" || found === undefined || !groupShape.test(found))
      throw invalid("Specified logGroupIdentifier is not the ARN of a log group.");
    return { accountId: arn.accountId, region: arn.region, name: found };
  }
  const given = name ?? identifier ?? "";
  if (!groupShape.test(given))
    throw invalid(
      "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    );
  return { accountId: call.accountId, region: call.region, name: given };
}

export function readStreamName(name: string | undefined): string {
  if (name === undefined || !streamShape.test(name))
    throw invalid(
      "1 validation error detected: Value at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*",
    );
  return name;
}

export function groupArn({ accountId, region, name }: GroupAddress): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

interface NamedStream {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamName?: string | undefined;
}

/** What somebody has to be allowed on a stream that a request names with its group. */
export function onStream(parts: LogsParts, action: string, input: NamedStream, call: Call): readonly Need[] {
  const group = readGroup(input.logGroupName, input.logGroupIdentifier, call);
  return onGroup(parts, action, group, readStreamName(input.logStreamName));
}

/**
 * What somebody has to be allowed on a group, or on a stream of it. But for tags, permissions name a group with `:*`
 * behind it: CloudWatch Logs User Guide, "Overview of managing access permissions", on ARNs.
 */
export function onGroup(
  { policies }: LogsParts,
  action: string,
  group: GroupAddress,
  streamName = "",
): readonly Need[] {
  const policy = policies.of(group.accountId, group.region);
  return [
    {
      action: `logs:${action}`,
      resource: `${groupArn(group)}:log-stream:${streamName}`,
      ownerId: group.accountId,
      ...(policy === undefined ? {} : { resourcePolicy: policy }),
    },
  ];
}
