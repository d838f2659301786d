import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type LastingState } from "../../base/lasting.ts";
import { type CloudTrailArn, parseArn } from "../arn.ts";
import { type By } from "../by.ts";
import { optionalText, optionalTexts, text } from "../parameters.ts";
import { type CloudTrailException, refusal } from "../refusal.ts";
import { readTags, shapeOfTags, tagsOf, withTags, withoutTags } from "../tags.ts";
import { checkTrailName } from "./trail-name.ts";
import { notManagement } from "./trail-organization.ts";

/** At most this many resources in one ListTags (API Reference, ListTags). */
const resourcesMax = 20;

export interface TagParts {
  readonly state: LastingState;
  /** Whether a thing of CloudTrail's is there, by its ARN. */
  exists(arn: string): boolean;
}

export async function addTags(parts: TagParts, input: InputOf<"cloudtrail", "AddTags">, by: By): Promise<object> {
  const arn = findTaggable(parts, input.ResourceId, by);
  const added = readTags(input.TagsList);
  const tags = tagsOf(parts.state);
  tags.put(arn, withTags(tags.get(arn) ?? [], added));
  return {};
}

export async function removeTags(parts: TagParts, input: InputOf<"cloudtrail", "RemoveTags">, by: By): Promise<object> {
  const arn = findTaggable(parts, input.ResourceId, by);
  const taken = readTags(input.TagsList);
  const tags = tagsOf(parts.state);
  tags.put(arn, withoutTags(tags.get(arn) ?? [], taken));
  return {};
}

export async function listTags(
  parts: TagParts,
  input: InputOf<"cloudtrail", "ListTags">,
  by: By,
): Promise<OutputOf<"cloudtrail", "ListTags">> {
  // Reserved: AWS gives no token either (API Reference, ListTags).
  if (optionalText(input.NextToken, "NextToken") !== undefined) {
    throw refusal("InvalidTokenException", "NextToken is reserved");
  }
  const ids = optionalTexts(input.ResourceIdList, "ResourceIdList") ?? [];
  if (ids.length === 0) throw refusal("CloudTrailARNInvalidException", "ResourceIdList is empty");
  if (ids.length > resourcesMax) {
    throw refusal("OperationNotPermittedException", `Tags of more than ${resourcesMax} resources are asked for`);
  }
  const tags = tagsOf(parts.state);
  return {
    ResourceTagList: ids.map((id) => {
      const arn = findTaggable(parts, id, by);
      return { ResourceId: arn, TagsList: shapeOfTags(tags.get(arn) ?? []) };
    }),
  };
}

const unfound: Readonly<Record<CloudTrailArn["kind"], CloudTrailException>> = {
  trail: "ResourceNotFoundException",
  eventdatastore: "EventDataStoreNotFoundException",
  channel: "ChannelNotFoundException",
  dashboard: "ResourceTypeNotSupportedException",
};

/**
 * The ARN of a thing that may have tags, of this account and, "only from the home region" (API Reference, AddTags), of
 * this region.
 */
function findTaggable(parts: TagParts, resourceId: unknown, by: By): string {
  const arn = text(resourceId, "ResourceId", "CloudTrailARNInvalidException");
  const parsed = parseArn(arn);
  if (parsed === undefined) {
    throw refusal("CloudTrailARNInvalidException", `Not an ARN of CloudTrail's: ${arn.slice(0, 300)}`);
  }
  if (parsed.kind === "trail") checkTrailName(parsed.id);
  const isThere = parts.exists(arn);
  if (isThere && parsed.accountId !== by.accountId && parsed.kind === "trail") throw notManagement(by.accountId);
  if (!isThere || parsed.accountId !== by.accountId) throw refusal(unfound[parsed.kind], `There is no ${arn}`);
  if (parsed.region !== by.region) {
    throw refusal("OperationNotPermittedException", `The home region of ${arn} is ${parsed.region}`);
  }
  return arn;
}
