import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { compilePattern, type EventMatcher, filterPolicyDialect } from "../event-patterns/compile-pattern.ts";
import { PatternFault } from "../event-patterns/pattern-fault.ts";
import { readArn } from "../resource-arn.ts";
import { type Notification, type SnsAttribute } from "./envelope.ts";
import { invalid, type Subscription } from "./topic.ts";

type Attributes = Readonly<Record<string, string>>;

/** The attributes after one has been set: SNS API Reference, SetSubscriptionAttributes. An empty value takes it away. */
export function setSubscriptionAttribute(before: Attributes, name: string, value: string): Attributes {
  const after = new Map(Object.entries(before));
  if (value === "" || ((name === "FilterPolicy" || name === "RedrivePolicy") && value.trim() === "{}")) {
    checkName(name);
    after.delete(name);
    return Object.fromEntries(after);
  }
  checkName(name);
  switch (name) {
    case "RawMessageDelivery":
      if (value !== "true" && value !== "false")
        throw invalid(
          "Attributes",
          "RawMessageDelivery: Invalid value [" + value.slice(0, 50) + "]. Must be true or false.",
        );
      break;
    case "FilterPolicyScope":
      if (value !== "MessageAttributes" && value !== "MessageBody")
        throw invalid("Attributes", "FilterPolicyScope: Invalid value");
      break;
    case "FilterPolicy":
      checkFilterPolicy(value, after.get("FilterPolicyScope") ?? "MessageAttributes");
      break;
    default:
      readRedrivePolicy(value);
  }
  after.set(name, value);
  if (name === "FilterPolicyScope" && after.has("FilterPolicy"))
    checkFilterPolicy(after.get("FilterPolicy") ?? "", value);
  return Object.fromEntries(after);
}

/** The attributes of a new subscription; the scope goes before the policy that it is for. */
export function readSubscriptionAttributes(
  given: Readonly<Record<string, string | undefined>> | undefined,
): Attributes {
  const entries = Object.entries(given ?? {}).sort(([a], [b]) =>
    a === "FilterPolicyScope" ? -1 : b === "FilterPolicyScope" ? 1 : 0,
  );
  return entries.reduce<Attributes>(
    (attributes, [name, value]) => setSubscriptionAttribute(attributes, name, value ?? ""),
    {},
  );
}

export function readRedrivePolicy(text: string): string {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid("RedrivePolicy", "failed to parse JSON.");
  }
  const target = (policy as { deadLetterTargetArn?: unknown } | null)?.deadLetterTargetArn;
  if (typeof target !== "string" || readArn(target)?.service !== "sqs")
    throw invalid("RedrivePolicy", "deadLetterTargetArn is not the ARN of a queue");
  return target;
}

const matchers = new Map<string, EventMatcher>();

/** Whether a subscription wants a notification: SNS Developer Guide, "Amazon SNS message filtering". */
export function isWanted(subscription: Subscription, notification: Notification): boolean {
  const policy = subscription.attributes["FilterPolicy"];
  if (policy === undefined) return true;
  const isBody = subscription.attributes["FilterPolicyScope"] === "MessageBody";
  const found = isBody
    ? readBody(notification.messages[subscription.protocol] ?? notification.messages["default"] ?? "")
    : readAttributes(notification.attributes);
  return found !== undefined && matcherOf(policy)(found);
}

function matcherOf(policy: string): EventMatcher {
  const known = matchers.get(policy);
  if (known !== undefined) return known;
  const matcher = compilePattern(policy, filterPolicyDialect);
  if (matchers.size > 1_000) matchers.clear();
  matchers.set(policy, matcher);
  return matcher;
}

function checkFilterPolicy(text: string, scope: string): void {
  if (Buffer.byteLength(text) > 262_144) throw invalid("FilterPolicy", "Filter policy is too large");
  try {
    compilePattern(text, filterPolicyDialect);
  } catch (error) {
    if (error instanceof PatternFault) throw invalid("FilterPolicy", error.message);
    throw error;
  }
  const fields = Object.entries(JSON.parse(text) as JsonObject);
  const isNested = fields.some(([name, value]) => name !== "$or" && !Array.isArray(value));
  if (scope === "MessageAttributes" && isNested)
    throw invalid("FilterPolicy", "Filter policy scope MessageAttributes does not support nested filter policy");
  if (countKeys(JSON.parse(text) as JsonValue) > 5)
    throw invalid("FilterPolicy", "Filter policy can not have more than 5 keys");
}

function countKeys(value: JsonValue): number {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => {
    if (name === "$or" && Array.isArray(each))
      return sum + each.reduce<number>((most, one: JsonValue) => most + countKeys(one), 0);
    return sum + (Array.isArray(each) ? 1 : countKeys(each ?? null));
  }, 0);
}

/** Attributes as a filter policy sees them: lists as lists, numbers as numbers, bytes not at all. */
function readAttributes(attributes: Readonly<Record<string, SnsAttribute>>): JsonObject {
  const entries = Object.entries(attributes).flatMap(([name, { Type: type, Value: value }]): [string, JsonValue][] => {
    if (type.startsWith("Binary")) return [];
    if (type.startsWith("Number")) return [[name, Number(value)]];
    return [[name, type === "String.Array" ? readList(value) : value]];
  });
  return Object.fromEntries(entries);
}

function readList(text: string): JsonValue {
  try {
    const list = JSON.parse(text) as JsonValue;
    return Array.isArray(list) ? list : text;
  } catch {
    return text;
  }
}

function readBody(text: string): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function checkName(name: string): void {
  if (!["RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"].includes(name)) {
    throw invalid(
      "AttributeName",
      `${name.slice(0, 100)} is not an attribute that this endpoint knows for a subscription`,
    );
  }
}
