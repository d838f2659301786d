import { AwsError } from "../../../aws/index.ts";
import { readFilters } from "./filters.ts";
import { imagesOf } from "./images.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { type Call } from "../../service.ts";
import { placeKey, regionKey, type Tags } from "./things.ts";

/** EC2 User Guide, "Tag restrictions". */
const limits = { tagsMax: 50, keyLengthMax: 127, valueLengthMax: 255, resourcesMax: 1000 };

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The kinds of things that can be tagged here, by what their ids begin with. */
const resourceTypes: Readonly<Record<string, string>> = {
  ami: "image",
  fl: "vpc-flow-log",
  i: "instance",
  key: "key-pair",
  sg: "security-group",
  sgr: "security-group-rule",
  snap: "snapshot",
  subnet: "subnet",
  vol: "volume",
  vpc: "vpc",
};

/** `instance` for `i-…`. */
export function resourceTypeOf(id: string): string | undefined {
  const prefix = id.slice(0, Math.max(0, id.indexOf("-")));
  return Object.hasOwn(resourceTypes, prefix) ? resourceTypes[prefix] : undefined;
}

/** A thing's tags as EC2 answers them. */
export function tagList(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** The tags that a request gives to one kind of what it makes. */
export function specifiedTags(
  specifications:
    | readonly { readonly ResourceType?: string | undefined; readonly Tags?: readonly GivenTag[] | undefined }[]
    | undefined,
  resourceType: string,
  alsoAllowed: readonly string[] = [],
): Tags {
  for (const { ResourceType } of specifications ?? []) {
    if (ResourceType === undefined || ![resourceType, ...alsoAllowed].includes(ResourceType)) {
      throw invalidValue(
        `'${String(ResourceType).slice(0, 60)}' is not a valid taggable resource type for this operation.`,
      );
    }
  }
  return readTags(
    specifications
      ?.filter(({ ResourceType }) => ResourceType === resourceType)
      .flatMap(({ Tags: given }) => given ?? []),
  );
}

/** The condition keys that tags in a request set. */
export function tagContext(
  specifications: readonly { readonly Tags?: readonly GivenTag[] | undefined }[] | undefined,
): Record<string, string | readonly string[]> {
  const tags = (specifications ?? []).flatMap(({ Tags: given }) => given ?? []);
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
    "aws:TagKeys": tags.map(({ Key = "" }) => Key),
  };
}

/** Sets the tags of something that has just been made. */
export function putTags(ec2: Ec2, call: Call, id: string, tags: Tags): void {
  if (Object.keys(tags).length > 0) ec2.things.tags.put(placeKey(call, id), tags);
}

export function tagsOf(ec2: Ec2, call: Call, id: string): Tags {
  return ec2.things.tags.get(placeKey(call, id)) ?? {};
}

export function tagOperations(ec2: Ec2): Ec2Operations {
  const needsFor =
    (operation: string) => (input: { Resources?: string[] | undefined; Tags?: GivenTag[] | undefined }, call: Call) =>
      (input.Resources ?? []).map((id) =>
        need(operation, ec2Arn(call, `${resourceTypeOf(id) ?? "*"}/${id}`), call, {
          tags: tagsOf(ec2, call, id),
          context: tagContext([{ Tags: input.Tags }]),
        }),
      );
  return {
    CreateTags: ec2Operation(ec2, "CreateTags", {
      honours: ["Resources", "Tags"],
      needs: needsFor("CreateTags"),
      answer(input, call) {
        if (input.Tags === undefined || input.Tags.length === 0) throw missingParameter("tagSet");
        const tags = readTags(input.Tags);
        for (const id of readResources(ec2, call, input.Resources)) {
          const joined = { ...tagsOf(ec2, call, id), ...tags };
          if (Object.keys(joined).length > limits.tagsMax) {
            throw new AwsError("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
          }
          putTags(ec2, call, id, joined);
        }
        return {};
      },
    }),
    DeleteTags: ec2Operation(ec2, "DeleteTags", {
      honours: ["Resources", "Tags"],
      needs: needsFor("DeleteTags"),
      answer(input, call) {
        for (const id of readResources(ec2, call, input.Resources)) {
          const kept = Object.entries(tagsOf(ec2, call, id)).filter(([key, value]) => !isNamed(input.Tags, key, value));
          if (kept.length > 0) putTags(ec2, call, id, Object.fromEntries(kept));
          else ec2.things.tags.delete(placeKey(call, id));
        }
        return {};
      },
    }),
    DescribeTags: ec2Operation(ec2, "DescribeTags", {
      honours: ["Filters", "MaxResults", "NextToken"],
      answer(input, call) {
        const prefix = placeKey(call);
        const all = [...ec2.things.tags.entries(prefix)].flatMap(([key, tags]) =>
          Object.entries(tags).map(([Key, Value]) => ({ id: key.slice(prefix.length), Key, Value })),
        );
        const passes = readFilters<(typeof all)[number]>(input.Filters, {
          key: ({ Key }) => [Key],
          "resource-id": ({ id }) => [id],
          "resource-type": ({ id }) => [resourceTypeOf(id)],
          value: ({ Value }) => [Value],
        });
        const { things, ...next } = pageOf(all.filter(passes), ({ id, Key }) => `${id} ${Key}`, input);
        const Tags = things.map(({ id, Key, Value }) => ({
          Key,
          Value,
          ResourceId: id,
          ResourceType: (resourceTypeOf(id) ?? "instance") as "instance",
        }));
        return { Tags, ...next };
      },
    }),
  };
}

function readTags(given: readonly GivenTag[] | undefined): Tags {
  const tags = new Map<string, string>();
  for (const { Key, Value = "" } of given ?? []) {
    if (Key === undefined || Key === "") throw missingParameter("Key");
    if (Key.length > limits.keyLengthMax)
      throw invalidValue(`Tag key exceeds the maximum length of ${limits.keyLengthMax} characters`);
    if (Value.length > limits.valueLengthMax)
      throw invalidValue(`Tag value exceeds the maximum length of ${limits.valueLengthMax} characters`);
    if (/^aws:/i.test(Key)) throw invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
    tags.set(Key, Value);
  }
  if (tags.size > limits.tagsMax) {
    throw new AwsError("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
  }
  // Also for a key such as `__proto__`, this makes an own member.
  return Object.fromEntries(tags);
}

function readResources(ec2: Ec2, call: Call, ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined || ids.length === 0) throw missingParameter("resourceIdSet");
  if (ids.length > limits.resourcesMax)
    throw invalidValue(`At most ${limits.resourcesMax} resources can be tagged at once`);
  for (const id of ids) {
    if (!exists(ec2, call, id)) throw new AwsError("InvalidID", `The ID '${id.slice(0, 80)}' is not valid`);
  }
  return ids;
}

function exists({ things }: Ec2, call: Call, id: string): boolean {
  const key = placeKey(call, id);
  switch (resourceTypeOf(id)) {
    case "image":
      return imagesOf(call.region).some((image) => image.id === id);
    case "instance":
      return things.instances.has(key);
    case "key-pair":
      return [...things.keyPairs.values(placeKey(call))].some((pair) => pair.id === id);
    case "security-group":
      return things.securityGroups.has(key);
    case "security-group-rule":
      return [...things.securityGroups.values(placeKey(call))].some(({ rules }) =>
        rules.some((rule) => rule.id === id),
      );
    case "snapshot":
      return things.snapshots.has(regionKey(call.region, id));
    case "subnet":
      return things.subnets.has(key);
    case "volume":
      return things.volumes.has(key);
    case "vpc":
      return things.vpcs.has(key);
    case "vpc-flow-log":
      return things.flowLogs.has(key);
    default:
      return false;
  }
}

/** A tag given by its key alone goes whatever its value, one given with a value only when it has that (API Reference, DeleteTags). */
function isNamed(given: readonly GivenTag[] | undefined, key: string, value: string): boolean {
  return (
    given === undefined || given.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value))
  );
}
