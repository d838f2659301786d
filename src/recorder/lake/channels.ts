import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { printArn } from "../arn.ts";
import { type By } from "../by.ts";
import { members, optionalList, optionalText, text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { readTags, shapeOfTags, tagsOf } from "../tags.ts";
import {
  type Channel,
  type LakeParts,
  channelsIn,
  channelsOf,
  findActiveStore,
  findChannel,
  ingestionsOf,
  policiesOf,
  readName,
} from "./lake-things.ts";
import { pageOf } from "./list-page.ts";

/** User Guide, "Quotas". */
const channelsMax = 25;
const destinationsMax = 200;

/** Makes a channel for an application's events; one for each source, and no source but `Custom` is known here. */
export async function createChannel(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "CreateChannel">,
  by: By,
): Promise<OutputOf<"cloudtrail", "CreateChannel">> {
  const name = readName(input.Name);
  const source = text(input.Source, "Source");
  if (source !== "Custom") {
    throw refusal("InvalidSourceException", "The source is Custom; the partners of CloudTrail Lake are not here");
  }
  const tags = readTags(input.Tags ?? []);
  const destinations = readDestinations(parts, input.Destinations, by);
  const others = channelsIn(parts, by);
  checkName(others, name);
  if (others.length >= channelsMax || others.some((other) => other.source === source)) {
    throw refusal("ChannelMaxLimitExceededException", `There is a channel for ${source} already, or ${channelsMax}`);
  }
  const { region, accountId } = by;
  const arn = printArn({ kind: "channel", region, accountId, id: parts.newId() });
  const channel: Channel = { arn, name, ownerId: accountId, region, source, destinations };
  parts.state.together(() => {
    channelsOf(parts.state).put(arn, channel);
    tagsOf(parts.state).put(arn, tags);
  });
  return { ...shapeOf(channel), Tags: shapeOfTags(tags) };
}

export async function updateChannel(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "UpdateChannel">,
  by: By,
): Promise<OutputOf<"cloudtrail", "UpdateChannel">> {
  const name = input.Name === undefined ? undefined : readName(input.Name);
  const before = findChannel(parts, input.Channel, by);
  const destinations =
    input.Destinations === undefined ? before.destinations : readDestinations(parts, input.Destinations, by);
  const others = channelsIn(parts, by).filter(({ arn }) => arn !== before.arn);
  if (name !== undefined) checkName(others, name);
  const channel = { ...before, name: name ?? before.name, destinations };
  channelsOf(parts.state).put(channel.arn, channel);
  return shapeOf(channel);
}

export async function getChannel(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "GetChannel">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetChannel">> {
  const channel = findChannel(parts, input.Channel, by);
  const seen = ingestionsOf(parts.state).get(channel.arn);
  return {
    ...shapeOf(channel),
    SourceConfig: { ApplyToAllRegions: false },
    IngestionStatus:
      seen === undefined
        ? {}
        : {
            LatestIngestionAttemptTime: new Date(seen.attemptAt),
            LatestIngestionAttemptEventID: seen.attemptEventId,
            ...(seen.successAt === undefined ? {} : { LatestIngestionSuccessTime: new Date(seen.successAt) }),
            ...(seen.successEventId === undefined ? {} : { LatestIngestionSuccessEventID: seen.successEventId }),
            ...(seen.errorCode === undefined ? {} : { LatestIngestionErrorCode: seen.errorCode }),
          },
  };
}

export async function listChannels(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "ListChannels">,
  by: By,
): Promise<OutputOf<"cloudtrail", "ListChannels">> {
  const { page, next } = pageOf(parts.tokenKey, "ListChannels", channelsIn(parts, by), input, by);
  return { Channels: page.map(({ arn, name }) => ({ ChannelArn: arn, Name: name })), ...next };
}

export async function deleteChannel(
  parts: LakeParts,
  input: InputOf<"cloudtrail", "DeleteChannel">,
  by: By,
): Promise<object> {
  const { arn } = findChannel(parts, input.Channel, by);
  parts.state.together(() => {
    channelsOf(parts.state).delete(arn);
    ingestionsOf(parts.state).delete(arn);
    policiesOf(parts.state).delete(arn);
    tagsOf(parts.state).delete(arn);
  });
  return {};
}

function readDestinations(parts: LakeParts, given: unknown, by: By): readonly string[] {
  const list = optionalList(given, "Destinations") ?? [];
  if (list.length === 0 || list.length > destinationsMax) {
    throw refusal("InvalidParameterException", `A channel has 1 to ${destinationsMax} destinations`);
  }
  const arns = list.map((entry) => {
    const { Type, Location } = members(entry, "Destinations");
    if (optionalText(Type, "Type") !== "EVENT_DATA_STORE") {
      throw refusal("InvalidParameterException", "The type of a destination is EVENT_DATA_STORE");
    }
    return findActiveStore(parts, Location, by).arn;
  });
  if (new Set(arns).size < arns.length) throw refusal("InvalidParameterException", "A destination is there twice");
  return arns;
}

function checkName(others: readonly Channel[], name: string): void {
  if (others.some((other) => other.name === name)) {
    throw refusal("ChannelAlreadyExistsException", `Channel ${name} already exists`);
  }
}

function shapeOf(channel: Channel) {
  return {
    ChannelArn: channel.arn,
    Name: channel.name,
    Source: channel.source,
    Destinations: channel.destinations.map((arn) => ({ Type: "EVENT_DATA_STORE" as const, Location: arn })),
  };
}
