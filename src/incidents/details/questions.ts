import { quoteValue } from "../../search/language/index.ts";
import { isSpecific } from "../evidence/touched-resources.ts";
import type { Incident, NextQuestion } from "../incident.ts";
import type { Part } from "../part.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Of each kind of thing. */
const eachMax = 3;

/** Calls by which somebody keeps others from seeing what they do. */
const blinding = [
  ...["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "DeleteEventDataStore", "DeleteFlowLogs"],
  ...[
    "DeleteDetector",
    "UpdateDetector",
    "DisableSecurityHub",
    "StopConfigurationRecorder",
    "DeleteConfigurationRecorder",
  ],
  ...[
    "DeleteLogGroup",
    "DeleteLogStream",
    "DeleteBucketLifecycle",
    "PutBucketLifecycle",
    "PutBucketLifecycleConfiguration",
  ],
];

/** Searches that whoever looks into an incident would run next, the most telling first. */
export function questionsOf(incident: Incident, parts: readonly Part[]): NextQuestion[] {
  const around = { from: incident.firstAt - dayMs, to: incident.lastAt + dayMs };
  const during = { from: incident.firstAt - hourMs, to: incident.lastAt + dayMs };
  const callers = unique(parts.map(callerQuery)).slice(0, eachMax);
  const roots = unique(parts.flatMap(rootQuery)).slice(0, eachMax);
  const made = unique(parts.flatMap(({ madeKeys }) => madeKeys));
  const account = incident.accountIds.length === 0 ? "" : ` account:${oneOf(incident.accountIds.slice(0, 10))}`;
  return [
    ...few(unique(parts.map(({ accessKey }) => accessKey))).map((key) => ({
      ...{ question: `Everything that was done with ${key}`, query: `key:${quoteValue(key)}`, ...around },
    })),
    ...callers.map(({ query, name }) => ({ question: `Everything that ${name} did`, query, ...around })),
    ...roots.map(({ query, name }) => ({
      ...{ question: `What ${name}, who stands behind it, did in the day before`, query },
      ...{ from: incident.firstAt - dayMs, to: incident.lastAt + 1 },
    })),
    ...(made.length === 0
      ? []
      : [
          {
            ...{ question: "What was done with the credentials that were given out" },
            ...{ query: `key:${oneOf(made.slice(0, 20))}`, from: incident.firstAt, to: incident.lastAt + 7 * dayMs },
          },
        ]),
    ...few(valuesOf(incident, "address")).map((address) => ({
      ...{ question: `What else came from ${address}`, query: `ip:${quoteValue(address)}`, ...around },
    })),
    ...few(valuesOf(incident, "resource").filter(isSpecific)).map((resource) => ({
      ...{
        question: `Who else touched ${nameIn(resource)}`,
        query: `resource:${quoteValue(nameIn(resource), true)}`,
        ...around,
      },
    })),
    { question: "Were logs or defences touched", query: `eventName:(${blinding.join(", ")})${account}`, ...during },
    ...callers.map(({ query, name }) => ({
      ...{ question: `What ${name} changed, which may have to be taken back` },
      ...{ query: `${query} -readOnly:true -errorCode:*`, ...during },
    })),
  ];
}

interface Asked {
  readonly query: string;
  readonly name: string;
}

function callerQuery({ principalArn, actor, actorName, accountId }: Part): Asked {
  return { query: identityQuery(principalArn, actor, accountId), name: actorName || "it" };
}

function rootQuery({ root, rootArn, rootName, accountId }: Part): Asked[] {
  return root === "" ? [] : [{ query: identityQuery(rootArn, root, accountId), name: rootName || root }];
}

/** Everything of a caller: by the ARN as records have it, for root by what it is. */
function identityQuery(arn: string, key: string, accountId: string): string {
  const root = /^root\/(\d{12})$/.exec(key)?.[1];
  if (root !== undefined) return `userIdentity.type:Root account:${root}`;
  if (arn !== "") return `userIdentity.arn:${quoteValue(arn, true)}`;
  const name = key.split("/").at(-1) ?? "";
  return name === "" ? `account:${quoteValue(accountId || "*")}` : quoteValue(name, true);
}

function valuesOf({ entities }: Incident, kind: Incident["entities"][number]["kind"]): string[] {
  return entities
    .filter((entity) => entity.kind === kind && !entity.value.endsWith(".amazonaws.com"))
    .map(({ value }) => value);
}

/** What other calls would name it by. */
function nameIn(resource: string): string {
  return resource.split(/[:/]/).at(-1) || resource;
}

function oneOf(values: readonly string[]): string {
  return `(${values.map((value) => quoteValue(value)).join(", ")})`;
}

function few(values: readonly string[]): readonly string[] {
  return values.slice(0, eachMax);
}

function unique<Value extends string | Asked>(values: readonly Value[]): Value[] {
  const seen = new Map(values.map((value) => [typeof value === "string" ? value : value.query, value]));
  return [...seen.values()].filter((value) => value !== "");
}
