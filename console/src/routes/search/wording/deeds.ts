import { firstResource, named, withArticle } from "./pieces.ts";
import type { Deed, Piece } from "./pieces.ts";
import { shortName, textAt } from "./record.ts";
import { serviceTitle } from "./services.ts";
import { specialDeeds } from "./special-deeds.ts";
import { verbOf } from "./verbs.ts";
import { serviceOf, splitName, toWords } from "./words.ts";

/** Parameters that name the thing an action happens to, the most telling first: [parameter, what it names, how it is joined]. */
const wholes: readonly (readonly [parameter: string, kind: string, link: string])[] = [
  ["bucketName", "bucket", "of"],
  ["userName", "IAM user", "of"],
  ["roleName", "role", "of"],
  ["groupName", "group", "of"],
  ["functionName", "function", "of"],
  ["secretId", "secret", "of"],
  ["keyId", "KMS key", "of"],
  ["tableName", "table", "in"],
  ["dBInstanceIdentifier", "database", "of"],
  ["dBClusterIdentifier", "database cluster", "of"],
  ["repositoryName", "repository", "in"],
  ["logGroupName", "log group", "in"],
  ["trailName", "trail", "of"],
  ["topicArn", "topic", "of"],
  ["queueUrl", "queue", "of"],
  ["queueName", "queue", "of"],
  ["stackName", "stack", "of"],
  ["clusterName", "cluster", "in"],
  ["instanceId", "instance", "of"],
  ["volumeId", "volume", "of"],
  ["groupId", "group", "of"],
  ["hostedZoneId", "hosted zone", "of"],
  ["detectorId", "detector", "of"],
  ["subnetId", "subnet", "in"],
  ["vpcId", "VPC", "in"],
  ["policyArn", "policy", "of"],
  ["roleArn", "role", "of"],
  ["serviceName", "service", "of"],
  ["resourceArn", "", "of"],
  ["arn", "", "of"],
  ["id", "", "of"],
];

function simpleName(value: string): string {
  // Queues are named by address: what counts is its end.
  return value.startsWith("https://") ? (value.split("/").at(-1) ?? value) : shortName(value);
}

/** "the IAM user Mary": the parameter that fits the action's own noun (`CreateRole` → `roleName`). */
function ownName(record: unknown, nounWords: readonly string[]): string {
  const noun = nounWords.join("");
  const lead = noun.charAt(0).toLowerCase() + noun.slice(1);
  // A bare `name` is the name of the thing itself; a longer noun ends with what a shorter parameter names.
  const head = nounWords.at(-1)?.toLowerCase() ?? "";
  for (const parameter of [
    `${lead}Name`,
    `${lead}Id`,
    `${lead}Identifier`,
    `${lead}Arn`,
    lead,
    `${head}Name`,
    `${head}Id`,
    "name",
  ]) {
    const value = textAt(record, `requestParameters.${parameter}`);
    // Every KMS key's policy is called "default": its name says nothing.
    if (value !== "" && value !== "default") return simpleName(value);
  }
  return "";
}

/** " of the bucket prod-logs": what a thing without a name of its own belongs to. */
function belonging(record: unknown, noun: string): readonly [rest: readonly Piece[], kind: string] | undefined {
  for (const [parameter, kind, link] of wholes) {
    const value = textAt(record, `requestParameters.${parameter}`);
    if (value === "") continue;
    const isPart = noun.startsWith(`${kind} `) || link === "of";
    return [named(` ${isPart ? "of" : link} ${kind === "" ? "" : `the ${kind} `}`, simpleName(value)), kind];
  }
  return undefined;
}

function isMany(noun: string): boolean {
  const head = noun.split(/ (?:for|by|of|in|from|to|with) /)[0] ?? noun;
  return /[^s]s$/.test(head) && !/(?:us|is)$/.test(head);
}

/** The rest of the phrase by the general rule: the action's noun and what it is or belongs to. */
function general(record: unknown, nounWords: readonly string[], eventSource: string): readonly Piece[] {
  const noun = nounWords.map((word) => toWords(word)).join(" ");
  const title = serviceTitle(eventSource);
  const isShort =
    nounWords.length === 1 && title.length <= 8 && !title.includes(" ") && !noun.startsWith(serviceOf(eventSource));
  const thing = isShort ? `${title} ${noun}` : noun;
  const own = ownName(record, nounWords);
  if (own !== "") return named(` the ${thing} `, own);
  const whole = belonging(record, noun);
  if (whole !== undefined) {
    const [rest, kind] = whole;
    if (kind !== "" && noun === kind)
      return rest.map((piece) => (typeof piece === "string" ? piece.replace(/^ (?:of|in)/, "") : piece));
    // "the bucket policy of the bucket x" says bucket twice.
    if (kind !== "" && noun.startsWith(`${kind} `)) return [` the ${noun.slice(kind.length + 1)}`, ...rest];
    // Nor do "groups for user of the IAM user x".
    const part = thing.replace(/ (?:for|by) .*$/, "");
    return [` ${isMany(part) ? part : withArticle(part)}`, ...rest];
  }
  const resource = firstResource(record);
  if (resource !== "" && !isMany(noun)) return named(` the ${thing} `, simpleName(resource));
  return [` ${isMany(noun) ? thing : withArticle(thing)}${isShort || noun.includes(title) ? "" : ` (${title})`}`];
}

/** What the record says was done, in words. */
export function deedOf(record: unknown, eventName: string, eventSource: string): Deed {
  const ask = (name: string) => textAt(record, `requestParameters.${name}`);
  const known = Object.hasOwn(specialDeeds, eventName) ? specialDeeds[eventName] : undefined;
  if (known !== undefined) {
    const rest = known[2](record, ask);
    return { done: [known[0], ...rest], tried: [known[1], ...rest] };
  }
  // Lambda puts its API's version at the end of its names (GetFunction20150331v2).
  const words = splitName(eventName.replace(/20\d{6}(?:v\d+)?$/, ""));
  const [first = eventName, ...nounWords] = words[0] === "Batch" && words.length > 2 ? words.slice(1) : words;
  const verb = verbOf(first);
  if (verb === undefined || nounWords.length === 0) {
    const rest: readonly Piece[] = [" ", { value: eventName }, ` (${serviceTitle(eventSource)})`];
    return { done: ["called", ...rest], tried: ["call", ...rest] };
  }
  const rest = general(record, nounWords, eventSource);
  return { done: [verb[0], ...rest], tried: [verb[1], ...rest] };
}
