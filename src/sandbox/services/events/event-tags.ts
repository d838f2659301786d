import { AwsError } from "../../../aws/index.ts";
import { type Call, type Service } from "../../service.ts";
import { readArn } from "../resource-arn.ts";
import { type EventsParts } from "./events-needs.ts";
import { type Bus, busKey, busOf, invalid, type Rule, ruleKey, ruleOf } from "./rule.ts";

type Tags = Readonly<Record<string, string>>;

/** Tags of buses and rules. */
export function tagOperations(parts: EventsParts) {
  const { store } = parts;

  function find(arn: string | undefined, call: Call): { readonly tags: Tags; readonly put: (tags: Tags) => void } {
    const found = readArn(arn);
    const [kind, ...names] = found?.resource.split("/") ?? [];
    if (found?.service !== "events" || found.accountId !== call.accountId)
      throw invalid("Parameter ResourceARN is not valid.");
    const place = { accountId: found.accountId, region: found.region };
    if (kind === "event-bus") {
      const bus: Bus = busOf(store, { ...place, name: names.join("/") });
      return { tags: bus.tags, put: (tags) => store.buses.put(busKey(bus), { ...bus, tags }) };
    }
    if (kind !== "rule") throw invalid("Parameter ResourceARN is not valid.");
    const address = { ...place, name: names.length > 1 ? names.slice(0, -1).join("/") : "default" };
    const rule: Rule = ruleOf(store, address, names.at(-1));
    return { tags: rule.tags, put: (tags) => store.rules.put(ruleKey(address, rule.name), { ...rule, tags }) };
  }
  const needs = (action: string, arn: string | undefined) => [{ action: `events:${action}`, resource: arn ?? "*" }];

  return {
    TagResource: {
      needs: (input) => needs("TagResource", input.ResourceARN),
      answer: (input, call) => {
        const { tags, put } = find(input.ResourceARN, call);
        put(readTags(tags, input.Tags));
        return {};
      },
    },
    UntagResource: {
      needs: (input) => needs("UntagResource", input.ResourceARN),
      answer: (input, call) => {
        const { tags, put } = find(input.ResourceARN, call);
        const gone = new Set(input.TagKeys);
        put(Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))));
        return {};
      },
    },
    ListTagsForResource: {
      needs: (input) => needs("ListTagsForResource", input.ResourceARN),
      answer: (input, call) => ({
        Tags: Object.entries(find(input.ResourceARN, call).tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    },
  } satisfies Service<"events">["operations"];
}

export function readTags(
  before: Tags,
  more: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] | undefined,
): Tags {
  const after = new Map(Object.entries(before));
  for (const { Key: key = "", Value: value = "" } of more ?? []) {
    if (key === "" || key.length > 128 || value.length > 256 || /^aws:/iu.test(key))
      throw invalid("A tag's key has 1 to 128 characters and does not begin with aws:, its value has up to 256");
    after.set(key, value);
  }
  if (after.size > 50) throw new AwsError("LimitExceededException", "A resource has at most 50 tags.");
  return Object.fromEntries(after);
}
