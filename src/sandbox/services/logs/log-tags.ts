import { AwsError } from "../../../aws/index.ts";
import { type Call, type Need, type Service } from "../../service.ts";
import { invalid } from "./invalid-parameter.ts";
import { groupArn, type LogsParts, readGroup } from "./log-names.ts";
import { groupKey, type LogGroup } from "./log-store.ts";

type Tags = Readonly<Record<string, string>>;

/** Tags of log groups, by ARN and, as of old, by name. */
export function tagOperations({ store }: LogsParts) {
  // Of all permissions those on tags alone name a group without `:*`.
  function needs(action: string, name: string | undefined, arn: string | undefined, call: Call): readonly Need[] {
    return [{ action: `logs:${action}`, resource: groupArn(readGroup(name, arn, call)) }];
  }
  function find(name: string | undefined, arn: string | undefined, call: Call): LogGroup {
    const address = readGroup(name, arn, call);
    if (address.accountId !== call.accountId)
      throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return store.groupOf(address);
  }
  function put(group: LogGroup, tags: Tags): object {
    store.groups.put(groupKey(group), { ...group, tags });
    return {};
  }
  function without(tags: Tags, keys: readonly string[] | undefined): Tags {
    const gone = new Set(keys);
    return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key)));
  }

  return {
    TagResource: {
      needs: (input, call) => needs("TagResource", undefined, input.resourceArn, call),
      answer: (input, call) => {
        const group = find(undefined, input.resourceArn, call);
        return put(group, withTags(group.tags, input.tags));
      },
    },
    UntagResource: {
      needs: (input, call) => needs("UntagResource", undefined, input.resourceArn, call),
      answer: (input, call) => {
        const group = find(undefined, input.resourceArn, call);
        return put(group, without(group.tags, input.tagKeys));
      },
    },
    ListTagsForResource: {
      needs: (input, call) => needs("ListTagsForResource", undefined, input.resourceArn, call),
      answer: (input, call) => ({ tags: { ...find(undefined, input.resourceArn, call).tags } }),
    },
    TagLogGroup: {
      needs: (input, call) => needs("TagLogGroup", input.logGroupName, undefined, call),
      answer: (input, call) => {
        const group = find(input.logGroupName, undefined, call);
        return put(group, withTags(group.tags, input.tags));
      },
    },
    UntagLogGroup: {
      needs: (input, call) => needs("UntagLogGroup", input.logGroupName, undefined, call),
      answer: (input, call) => {
        const group = find(input.logGroupName, undefined, call);
        return put(group, without(group.tags, input.tags));
      },
    },
    ListTagsLogGroup: {
      needs: (input, call) => needs("ListTagsLogGroup", input.logGroupName, undefined, call),
      answer: (input, call) => ({ tags: { ...find(input.logGroupName, undefined, call).tags } }),
    },
  } satisfies Service<"logs">["operations"];
}

export function withTags(before: Tags, more: Readonly<Record<string, string>> | undefined): Tags {
  const after = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(more ?? {})) {
    if (key === "" || key.length > 128 || value.length > 256 || /^aws:/iu.test(key))
      throw invalid("A tag's key has 1 to 128 characters and does not begin with aws:, its value has up to 256.");
    after.set(key, value);
  }
  if (after.size > 50) throw new AwsError("TooManyTagsException", "A log group has at most 50 tags.");
  return Object.fromEntries(after);
}
