import type { SetupAws } from "../setup-aws.ts";
import { absentCodes } from "./answers.ts";
import { awsCommand, quoteForShell } from "./cli-command.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";
import type { SubscriptionValue } from "./values.ts";

/** That the queue gets what the topic tells, and how. */
export const subscriptionSetting = defineSetting({
  name: "subscription",
  title: (place) => `the subscription of the queue ${nameOf({ arn: queueOf(place) })} to the topic ${nameOf(place)}`,
  calls: {
    get: [
      { action: "sns:ListSubscriptionsByTopic", on: "topic" },
      // IAM limits what is done to one subscription by no resource (Service Authorization Reference, "Amazon SNS").
      { action: "sns:GetSubscriptionAttributes", on: "everything" },
    ],
    put: [
      { action: "sns:ListSubscriptionsByTopic", on: "topic" },
      { action: "sns:Subscribe", on: "topic" },
      { action: "sns:SetSubscriptionAttributes", on: "everything" },
      { action: "sns:Unsubscribe", on: "everything" },
    ],
  },
  async get(place, aws) {
    const SubscriptionArn = await findSubscription(place, aws);
    if (SubscriptionArn === undefined) return undefined;
    const client = await aws.client("sns", place);
    const asked = client.call("GetSubscriptionAttributes", { SubscriptionArn });
    const attributes = (await unlessAbsent(absentCodes.topic, asked))?.Attributes;
    if (attributes === undefined) return undefined;
    return { isRaw: attributes["RawMessageDelivery"] === "true", filterPolicy: attributes["FilterPolicy"] ?? "" };
  },
  async put(place, { before, after }, aws) {
    const client = await aws.client("sns", place);
    const SubscriptionArn = await findSubscription(place, aws);
    if (after === undefined) {
      if (SubscriptionArn !== undefined) await client.call("Unsubscribe", { SubscriptionArn });
      return;
    }
    if (SubscriptionArn === undefined) {
      await subscribing(place, after).send(aws);
      return;
    }
    for (const attribute of attributesOf(after, before)) {
      await client.call("SetSubscriptionAttributes", { SubscriptionArn, ...attribute });
    }
  },
  commands(place, { before, after }) {
    const { region } = place;
    if (after !== undefined && before === undefined) {
      return [subscribing(place, after).command()];
    }
    const found = `--subscription-arn "$(${lookUpCommand(place)})"`;
    if (after === undefined) return [`${awsCommand("sns", "Unsubscribe", {}, region)} ${found}`];
    return attributesOf(after, before).map(
      (attribute) => `${awsCommand("sns", "SetSubscriptionAttributes", { ...attribute }, region)} ${found}`,
    );
  },
});

function queueOf({ to }: Place): string {
  return to ?? "";
}

/** The subscription's ARN. One that waits to be confirmed has none, and gets nothing: it is not there yet. */
async function findSubscription(place: Place, aws: SetupAws): Promise<string | undefined> {
  const client = await aws.client("sns", place);
  let NextToken: string | undefined;
  do {
    const input = { TopicArn: place.arn, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = await unlessAbsent(absentCodes.topic, client.call("ListSubscriptionsByTopic", input));
    const found = (page?.Subscriptions ?? []).find(
      ({ Protocol, Endpoint, SubscriptionArn }) =>
        Protocol === "sqs" && Endpoint === queueOf(place) && SubscriptionArn?.startsWith("arn:") === true,
    );
    if (found !== undefined) return found.SubscriptionArn;
    NextToken = page?.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return undefined;
}

function subscribing(place: Place, { isRaw, filterPolicy }: SubscriptionValue): SettingRequest {
  return settingRequest(place, "sns", "Subscribe", {
    TopicArn: place.arn,
    Protocol: "sqs",
    Endpoint: queueOf(place),
    Attributes: {
      RawMessageDelivery: String(isRaw),
      ...(filterPolicy === "" ? {} : { FilterPolicy: filterPolicy }),
    },
    ReturnSubscriptionArn: true,
  });
}

/** What differs, one call each; all of it for a subscription that was not expected to be there. */
function attributesOf(after: SubscriptionValue, before: SubscriptionValue | undefined) {
  const all = [
    { AttributeName: "RawMessageDelivery", AttributeValue: String(after.isRaw), is: before?.isRaw === after.isRaw },
    {
      AttributeName: "FilterPolicy",
      // SNS API Reference, SetSubscriptionAttributes: an empty policy filters nothing.
      AttributeValue: after.filterPolicy === "" ? "{}" : after.filterPolicy,
      is: before?.filterPolicy === after.filterPolicy,
    },
  ];
  return all.flatMap(({ is, ...attribute }) => (is ? [] : [attribute]));
}

/** A command that prints the subscription's ARN, which nobody knows before it is there. */
function lookUpCommand(place: Place): string {
  const endpoint = queueOf(place).replaceAll(/[\\']/g, String.raw`\$&`);
  const query = `Subscriptions[?Endpoint=='${endpoint}'] | [0].SubscriptionArn`;
  const list = awsCommand("sns", "ListSubscriptionsByTopic", { TopicArn: place.arn }, place.region);
  return `${list} --query ${quoteForShell(query)} --output text`;
}
