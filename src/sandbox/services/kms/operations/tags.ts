import { AwsError } from "../../../../aws/index.ts";
import { keyNeed } from "../keys/key-need.ts";
import { readTags } from "../keys/tags.ts";
import { checkNotPending } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { pageOf } from "../page.ts";
import { checkIsCustomers } from "./key-policy.ts";

export function listResourceTags(kms: Kms): KmsOperation<"ListResourceTags"> {
  return onKey(kms, "ListResourceTags", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:ListResourceTags")],
    answer(input, key) {
      const { page, about } = pageOf(key.tags, { ...input, Limit: input.Limit ?? 50 }, 50);
      return { Tags: page, ...about };
    },
  });
}

export function tagResource(kms: Kms): KmsOperation<"TagResource"> {
  return onKey(kms, "TagResource", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:TagResource", {
        "aws:TagKeys": (input.Tags ?? []).map(({ TagKey = "" }) => TagKey),
        ...Object.fromEntries(
          (input.Tags ?? []).map(({ TagKey = "", TagValue = "" }) => [`aws:RequestTag/${TagKey}`, TagValue]),
        ),
      }),
    ],
    answer(input, key, call) {
      checkIsCustomers(key, call);
      checkNotPending(key);
      const given = readTags(input.Tags ?? []);
      const kept = key.tags.filter(({ TagKey }) => !given.some((tag) => tag.TagKey === TagKey));
      if (kept.length + given.length > 50) throw new AwsError("LimitExceededException", "Too many tags");
      kms.state.putKey({ ...key, tags: [...kept, ...given] });
      return {};
    },
  });
}

export function untagResource(kms: Kms): KmsOperation<"UntagResource"> {
  return onKey(kms, "UntagResource", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:UntagResource", { "aws:TagKeys": input.TagKeys ?? [] }),
    ],
    answer(input, key, call) {
      checkIsCustomers(key, call);
      checkNotPending(key);
      kms.state.putKey({ ...key, tags: key.tags.filter(({ TagKey }) => input.TagKeys?.includes(TagKey) !== true) });
      return {};
    },
  });
}
