import { AwsError } from "../../../aws/index.ts";
import { type Service } from "../../service.ts";
import { onOwnQueue, queueOf, type SqsParts } from "./queue-needs.ts";

/** Tags of queues. */
export function tagOperations(parts: SqsParts) {
  const { queues } = parts;
  return {
    ListQueueTags: {
      needs: (input, call) => onOwnQueue(parts, "ListQueueTags", input, call),
      answer: (input, call) => {
        const { tags } = queueOf(parts, input, call);
        return Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } };
      },
    },
    TagQueue: {
      needs: (input, call) => onOwnQueue(parts, "TagQueue", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        queues.put({ ...queue, tags: checkTags(queue.tags, input.Tags) });
        return {};
      },
    },
    UntagQueue: {
      needs: (input, call) => onOwnQueue(parts, "UntagQueue", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        const gone = new Set(input.TagKeys);
        queues.put({
          ...queue,
          tags: Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !gone.has(key))),
        });
        return {};
      },
    },
  } satisfies Service<"sqs">["operations"];
}

/** The tags with more: SQS Developer Guide, "Cost allocation tags", and the general rules of tags. */
export function checkTags(
  before: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const after = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(more ?? {})) {
    if (key === "" || key.length > 128 || value.length > 256)
      throw new AwsError("InvalidParameterValue", "Tag keys have 1 to 128 characters, tag values up to 256.");
    if (/^aws:/iu.test(key))
      throw new AwsError("InvalidParameterValue", "aws: prefixed tag key names are not allowed for external use.");
    after.set(key, value);
  }
  if (after.size > 50) throw new AwsError("InvalidParameterValue", "Too many tags added for queue: the limit is 50.");
  return Object.fromEntries(after);
}
