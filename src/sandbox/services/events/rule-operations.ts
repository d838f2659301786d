import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Call, type Service } from "../../service.ts";
import { compilePattern, eventBridgeDialect } from "../event-patterns/compile-pattern.ts";
import { PatternFault } from "../event-patterns/pattern-fault.ts";
import { pageOf } from "../pages.ts";
import { readArn } from "../resource-arn.ts";
import { limitOf } from "./bus-operations.ts";
import { readObject } from "./envelope.ts";
import { readTags } from "./event-tags.ts";
import { type EventsParts, onRule } from "./events-needs.ts";
import { busOf, invalid, readBusName, type Rule, ruleArn, ruleKey, ruleOf, type RuleState } from "./rule.ts";
import { readSchedule } from "./schedule-expression.ts";

/** EventBridge User Guide, "Quotas": rules on a bus, characters of a pattern. */
const rulesMax = 300;
const patternMax = 4_096;

/** Rules: which events, or which times. */
export function ruleOperations(parts: EventsParts) {
  const { store, scheduler } = parts;

  function put(rule: Rule): void {
    store.rules.put(ruleKey({ accountId: rule.accountId, region: rule.region, name: rule.busName }, rule.name), rule);
    scheduler.changed(rule);
  }
  function turn(
    input: { readonly Name: string | undefined; readonly EventBusName?: string | undefined },
    call: Call,
    state: RuleState,
  ): object {
    const rule = ruleOf(store, readBusName(input.EventBusName, call), input.Name);
    put({
      ...rule,
      state,
      scheduledFrom: rule.state === "DISABLED" && state !== "DISABLED" ? call.at : rule.scheduledFrom,
    });
    return {};
  }
  function describe(rule: Rule) {
    return {
      Name: rule.name,
      Arn: rule.arn,
      State: rule.state,
      EventBusName: rule.busName,
      ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
      ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
      ...(rule.description === undefined ? {} : { Description: rule.description }),
      ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
    };
  }

  return {
    PutRule: {
      needs: (input, call) => onRule(parts, "PutRule", input, input.Name, call),
      answer: (input, call) => {
        const address = readBusName(input.EventBusName, call);
        busOf(store, address);
        const name = input.Name ?? "";
        if (!/^[.\-_A-Za-z0-9]{1,64}$/u.test(name))
          throw invalid(
            "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
          );
        const {
          EventPattern: pattern,
          ScheduleExpression: schedule,
          Description: description,
          RoleArn: roleArn,
          State: state = "ENABLED",
        } = input;
        if (pattern === undefined && schedule === undefined)
          throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (pattern !== undefined) checkPattern(pattern);
        if (schedule !== undefined && address.name !== "default")
          throw invalid("ScheduleExpression is supported only on the default event bus.");
        if (schedule !== undefined && readSchedule(schedule, call.at) === undefined)
          throw invalid("Parameter ScheduleExpression is not valid.");
        if (roleArn !== undefined && readArn(roleArn)?.service !== "iam")
          throw invalid("Provided role ARN is not valid.");
        if ((description?.length ?? 0) > 512) throw invalid("Description has at most 512 characters");
        const before = store.rules.get(ruleKey(address, name));
        if (before === undefined && [...store.rules.entries(ruleKey(address, ""))].length >= rulesMax) {
          throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        }
        const rule: Rule = {
          accountId: address.accountId,
          region: address.region,
          busName: address.name,
          name,
          arn: ruleArn(address, name),
          ...(pattern === undefined ? {} : { pattern }),
          ...(schedule === undefined ? {} : { schedule }),
          scheduledFrom: before?.schedule === schedule && before?.state === state ? before.scheduledFrom : call.at,
          state,
          ...(description === undefined ? {} : { description }),
          ...(roleArn === undefined ? {} : { roleArn }),
          targets: before?.targets ?? [],
          // Of a rule that is there tags are left as they are: EventBridge API Reference, PutRule.
          tags: before?.tags ?? readTags({}, input.Tags),
        };
        put(rule);
        return { RuleArn: rule.arn };
      },
    },
    DeleteRule: {
      needs: (input, call) => onRule(parts, "DeleteRule", input, input.Name, call),
      answer: (input, call) => {
        const address = readBusName(input.EventBusName, call);
        const rule = store.rules.get(ruleKey(address, input.Name ?? ""));
        if (rule === undefined) return {};
        if (rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
        store.rules.delete(ruleKey(address, rule.name));
        scheduler.removed(rule);
        return {};
      },
    },
    DescribeRule: {
      needs: (input, call) => onRule(parts, "DescribeRule", input, input.Name, call),
      answer: (input, call) => {
        const rule = ruleOf(store, readBusName(input.EventBusName, call), input.Name);
        return { ...describe(rule), CreatedBy: rule.accountId };
      },
    },
    EnableRule: {
      needs: (input, call) => onRule(parts, "EnableRule", input, input.Name, call),
      answer: (input, call) => turn(input, call, "ENABLED"),
    },
    DisableRule: {
      needs: (input, call) => onRule(parts, "DisableRule", input, input.Name, call),
      answer: (input, call) => turn(input, call, "DISABLED"),
    },
    ListRules: {
      needs: (input, call) => onRule(parts, "ListRules", input, "*", call),
      answer: (input, call) => {
        const address = readBusName(input.EventBusName, call);
        busOf(store, address);
        const page = pageOf(
          store.rules.values(ruleKey(address, input.NamePrefix ?? "")),
          ({ name }) => name,
          limitOf(input.Limit),
          input.NextToken,
        );
        if (page === undefined) throw invalid("Invalid nextToken");
        return { Rules: page.items.map(describe), ...(page.next === undefined ? {} : { NextToken: page.next }) };
      },
    },
    ListRuleNamesByTarget: {
      needs: (input, call) => onRule(parts, "ListRuleNamesByTarget", input, "*", call),
      answer: (input, call) => {
        const address = readBusName(input.EventBusName, call);
        const all = [...store.rules.values(keyOf(address.accountId, address.region, address.name, ""))];
        const found = all.filter(({ targets }) => targets.some(({ arn }) => arn === input.TargetArn));
        const page = pageOf(found, ({ name }) => name, limitOf(input.Limit), input.NextToken);
        if (page === undefined) throw invalid("Invalid nextToken");
        return {
          RuleNames: page.items.map(({ name }) => name),
          ...(page.next === undefined ? {} : { NextToken: page.next }),
        };
      },
    },
    TestEventPattern: {
      needs: () => [{ action: "events:TestEventPattern", resource: "*" }],
      answer: (input) => {
        const matches = checkPattern(input.EventPattern ?? "");
        const event = readObject(input.Event ?? "");
        // EventBridge API Reference, TestEventPattern: the members that an event must have.
        const missing = ["id", "account", "source", "time", "region", "resources", "detail-type"].find(
          (name) => event?.[name] === undefined,
        );
        if (event === undefined || missing !== undefined)
          throw invalid(
            `Parameter Event is not valid.${missing === undefined ? "" : ` Reason: ${missing} is a required argument`}`,
          );
        return { Result: matches(event) };
      },
    },
  } satisfies Service<"events">["operations"];
}

function checkPattern(pattern: string) {
  if (pattern.length > patternMax) throw new AwsError("InvalidEventPatternException", "Event pattern is too long");
  try {
    return compilePattern(pattern, eventBridgeDialect);
  } catch (error) {
    if (error instanceof PatternFault)
      throw new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${error.message}`);
    throw error;
  }
}
