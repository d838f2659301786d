import { AwsError, type InputOf } from "../../../aws/index.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readArn } from "../resource-arn.ts";
import { limitOf } from "./bus-operations.ts";
import { type EventsParts, onRule } from "./events-needs.ts";
import { invalid, readBusName, type Rule, ruleKey, ruleOf, type RuleTarget } from "./rule.ts";
import { checkTargetInput } from "./target-input.ts";

/** EventBridge User Guide, "Quotas": targets of a rule. */
const targetsMax = 5;

type WireTarget = NonNullable<InputOf<"events", "PutTargets">["Targets"]>[number];

/** Parameters of targets that are not here. */
const foreignParameters = [
  "KinesisParameters",
  "RunCommandParameters",
  "EcsParameters",
  "BatchParameters",
  "HttpParameters",
  "RedshiftDataParameters",
  "SageMakerPipelineParameters",
  "AppSyncParameters",
] as const;

/** Where events go: queues, topics, buses, log groups. */
export function targetOperations(parts: EventsParts) {
  const { store } = parts;

  function put(rule: Rule, targets: readonly RuleTarget[]): void {
    store.rules.put(ruleKey({ accountId: rule.accountId, region: rule.region, name: rule.busName }, rule.name), {
      ...rule,
      targets,
    });
  }

  return {
    PutTargets: {
      needs: (input, call) => onRule(parts, "PutTargets", input, input.Rule, call),
      answer: (input, call) => {
        const rule = ruleOf(store, readBusName(input.EventBusName, call), input.Rule);
        const given = (input.Targets ?? []).map((target) => readTarget(target, rule));
        if (given.length === 0 || given.length > 100) throw invalid("Targets has 1 to 100 entries");
        const after = new Map(rule.targets.map((target) => [target.id, target]));
        for (const target of given) after.set(target.id, target);
        if (after.size > targetsMax)
          throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        put(rule, [...after.values()]);
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    RemoveTargets: {
      needs: (input, call) => onRule(parts, "RemoveTargets", input, input.Rule, call),
      answer: (input, call) => {
        const rule = ruleOf(store, readBusName(input.EventBusName, call), input.Rule);
        const gone = new Set(input.Ids);
        put(
          rule,
          rule.targets.filter(({ id }) => !gone.has(id)),
        );
        const known = new Set(rule.targets.map(({ id }) => id));
        const failed = [...gone].filter((id) => !known.has(id));
        return {
          FailedEntryCount: failed.length,
          FailedEntries: failed.map((id) => ({
            TargetId: id,
            ErrorCode: "ResourceNotFoundException",
            ErrorMessage: `Target ${id} does not exist on rule ${rule.name}.`,
          })),
        };
      },
    },
    ListTargetsByRule: {
      needs: (input, call) => onRule(parts, "ListTargetsByRule", input, input.Rule, call),
      answer: (input, call) => {
        const rule = ruleOf(store, readBusName(input.EventBusName, call), input.Rule);
        const all = [...rule.targets].sort((a, b) => (a.id < b.id ? -1 : 1));
        const page = pageOf(all, ({ id }) => id, limitOf(input.Limit), input.NextToken);
        if (page === undefined) throw invalid("Invalid nextToken");
        return { Targets: page.items.map(describe), ...(page.next === undefined ? {} : { NextToken: page.next }) };
      },
    },
  } satisfies Service<"events">["operations"];
}

function readTarget(target: WireTarget, rule: Rule): RuleTarget {
  const id = target.Id ?? "";
  if (!/^[.\-_A-Za-z0-9]{1,64}$/u.test(id))
    throw invalid("1 validation error detected: Value at 'targets.1.member.id' failed to satisfy constraint");
  const foreign = foreignParameters.find((name) => target[name] !== undefined);
  if (foreign !== undefined) throw invalid(`${foreign} belongs to a target that is not part of this endpoint`);
  const arn = checkTargetArn(target.Arn, rule);
  const {
    RoleArn: roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer,
    SqsParameters: sqs,
    DeadLetterConfig: deadLetter,
    RetryPolicy: retry,
  } = target;
  if (
    roleArn !== undefined &&
    !(readArn(roleArn)?.service === "iam" && readArn(roleArn)?.resource.startsWith("role/") === true)
  )
    throw invalid(`RoleArn ${roleArn} is not the ARN of a role`);
  const deadLetterArn = deadLetter?.Arn;
  if (deadLetterArn !== undefined && readArn(deadLetterArn)?.service !== "sqs")
    throw invalid("DeadLetterConfig.Arn is not the ARN of a queue");
  checkRange("MaximumRetryAttempts", retry?.MaximumRetryAttempts, 0, 185);
  checkRange("MaximumEventAgeInSeconds", retry?.MaximumEventAgeInSeconds, 60, 86_400);
  const isFifo = arn.startsWith("arn:aws:sqs:") && arn.endsWith(".fifo");
  if (isFifo !== (sqs?.MessageGroupId !== undefined))
    throw invalid("Parameter(s) MessageGroupId must be specified for a FIFO queue as target, and for no other");
  const read: RuleTarget = {
    id,
    arn,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(input === undefined ? {} : { input }),
    ...(inputPath === undefined ? {} : { inputPath }),
    ...(transformer === undefined
      ? {}
      : { transformer: { paths: { ...transformer.InputPathsMap }, template: transformer.InputTemplate ?? "" } }),
    ...(sqs?.MessageGroupId === undefined ? {} : { groupId: sqs.MessageGroupId }),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    ...(retry?.MaximumRetryAttempts === undefined ? {} : { retryAttemptsMax: retry.MaximumRetryAttempts }),
    ...(retry?.MaximumEventAgeInSeconds === undefined ? {} : { eventAgeSecondsMax: retry.MaximumEventAgeInSeconds }),
  };
  checkTargetInput(read);
  if (readArn(arn)?.service === "logs" && (input ?? inputPath ?? transformer) !== undefined)
    throw invalid("A log group gets events as they are at this endpoint");
  return read;
}

function checkTargetArn(arn: string | undefined, rule: Rule): string {
  const parts = readArn(arn);
  if (arn === undefined || parts === undefined)
    throw invalid(
      `Parameter ${(arn ?? "").slice(0, 100)} is not valid. Reason: Provided Arn is not in correct format.`,
    );
  const { service, resource, region } = parts;
  const isKnown =
    service === "sqs" ||
    service === "sns" ||
    (service === "events" && resource.startsWith("event-bus/")) ||
    (service === "logs" && resource.startsWith("log-group:"));
  if (!isKnown)
    throw invalid(
      `Targets such as ${arn} are not part of this endpoint: it knows queues, topics, event buses and log groups`,
    );
  if (service !== "events" && region !== rule.region) throw invalid(`The target ${arn} is not in the rule's region`);
  if (service === "events" && arn === `arn:aws:events:${rule.region}:${rule.accountId}:event-bus/${rule.busName}`)
    throw invalid("A rule's target cannot be its own event bus");
  return arn;
}

function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= min && value <= max))
    throw invalid(`${name} is a number from ${min} to ${max}`);
}

function describe(target: RuleTarget): WireTarget {
  const { transformer } = target;
  const hasRetry = target.retryAttemptsMax !== undefined || target.eventAgeSecondsMax !== undefined;
  return {
    Id: target.id,
    Arn: target.arn,
    ...(target.roleArn === undefined ? {} : { RoleArn: target.roleArn }),
    ...(target.input === undefined ? {} : { Input: target.input }),
    ...(target.inputPath === undefined ? {} : { InputPath: target.inputPath }),
    ...(transformer === undefined
      ? {}
      : { InputTransformer: { InputPathsMap: { ...transformer.paths }, InputTemplate: transformer.template } }),
    ...(target.groupId === undefined ? {} : { SqsParameters: { MessageGroupId: target.groupId } }),
    ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    ...(hasRetry
      ? {
          RetryPolicy: {
            MaximumRetryAttempts: target.retryAttemptsMax,
            MaximumEventAgeInSeconds: target.eventAgeSecondsMax,
          },
        }
      : {}),
  };
}
