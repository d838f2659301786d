import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readPolicyDocument } from "../policy-document.ts";
import { readTags } from "./event-tags.ts";
import { type EventsParts, onBus } from "./events-needs.ts";
import { type Bus, busArn, busKey, busOf, invalid, readBusName, ruleKey } from "./rule.ts";

/** EventBridge User Guide, "Quotas": buses of an account and region. */
const busesMax = 100;

/** Buses and their policies. */
export function busOperations(parts: EventsParts) {
  const { store } = parts;

  function setPolicy(bus: Bus, policy: string | undefined, at: number): void {
    const { policy: _before, ...rest } = bus;
    store.buses.put(busKey(bus), { ...rest, ...(policy === undefined ? {} : { policy }), modifiedAt: at });
  }
  function statementsOf(bus: Bus): readonly JsonObject[] {
    const document = bus.policy === undefined ? undefined : readPolicyDocument(bus.policy);
    return document === undefined || typeof document === "string" ? [] : document.Statement;
  }
  function describe(bus: Bus) {
    return {
      Name: bus.name,
      Arn: bus.arn,
      ...(bus.description === undefined ? {} : { Description: bus.description }),
      ...(bus.policy === undefined ? {} : { Policy: bus.policy }),
      ...(bus.createdAt === 0
        ? {}
        : { CreationTime: new Date(bus.createdAt), LastModifiedTime: new Date(bus.modifiedAt) }),
    };
  }

  return {
    CreateEventBus: {
      needs: (input, call) =>
        onBus(parts, "CreateEventBus", input.Name, call).map(({ action, resource }) => ({ action, resource })),
      answer: (input, call) => {
        const address = readBusName(input.Name, call);
        if (address.name !== input.Name || address.name.includes("/")) throw invalid("Invalid event bus name");
        refuseUnknown(input);
        if (address.name === "default" || store.buses.has(busKey(address)))
          throw new AwsError("ResourceAlreadyExistsException", `Event bus ${address.name} already exists.`);
        if ([...store.buses.values(keyOf(call.accountId, call.region, ""))].length >= busesMax)
          throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        const described = input.Description === undefined ? {} : { description: input.Description };
        const bus: Bus = {
          ...address,
          arn: busArn(address),
          createdAt: call.at,
          modifiedAt: call.at,
          ...described,
          tags: readTags({}, input.Tags),
        };
        store.buses.put(busKey(bus), bus);
        return { EventBusArn: bus.arn, ...(input.Description === undefined ? {} : { Description: input.Description }) };
      },
    },
    UpdateEventBus: {
      needs: (input, call) => onBus(parts, "UpdateEventBus", input.Name, call),
      answer: (input, call) => {
        refuseUnknown(input);
        const bus = busOf(store, readBusName(input.Name, call));
        store.buses.put(busKey(bus), {
          ...bus,
          ...(input.Description === undefined ? {} : { description: input.Description }),
          modifiedAt: call.at,
        });
        return {
          Arn: bus.arn,
          Name: bus.name,
          ...(input.Description === undefined ? {} : { Description: input.Description }),
        };
      },
    },
    DeleteEventBus: {
      needs: (input, call) => onBus(parts, "DeleteEventBus", input.Name, call),
      answer: (input, call) => {
        const address = readBusName(input.Name, call);
        if (address.name === "default") throw invalid("Cannot delete event bus default.");
        if (![...store.rules.values(ruleKey(address, ""))].every(() => false))
          throw invalid(`Cannot delete event bus ${address.name}, as it still has rules.`);
        store.buses.delete(busKey(address));
        return {};
      },
    },
    DescribeEventBus: {
      needs: (input, call) => onBus(parts, "DescribeEventBus", input.Name, call),
      answer: (input, call) => describe(busOf(store, readBusName(input.Name, call))),
    },
    ListEventBuses: {
      needs: () => [{ action: "events:ListEventBuses", resource: "*" }],
      answer: (input, call) => {
        const own = store.buses.values(keyOf(call.accountId, call.region, ""));
        const others = [...own].filter(({ name }) => name !== "default");
        const all = [busOf(store, readBusName(undefined, call)), ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
        const page = pageOf(
          all.filter(({ name }) => name.startsWith(input.NamePrefix ?? "")),
          ({ name }) => name,
          limitOf(input.Limit),
          input.NextToken,
        );
        if (page === undefined) throw invalid("Invalid nextToken");
        return { EventBuses: page.items.map(describe), ...(page.next === undefined ? {} : { NextToken: page.next }) };
      },
    },
    PutPermission: {
      needs: (input, call) => onBus(parts, "PutPermission", input.EventBusName, call),
      answer: (input, call) => {
        const bus = busOf(store, readBusName(input.EventBusName, call));
        if (input.Policy !== undefined) {
          const policy = readPolicyDocument(input.Policy);
          if (typeof policy === "string") throw invalid(policy);
          setPolicy(bus, input.Policy, call.at);
          return {};
        }
        const { StatementId: sid = "", Principal: principal = "", Action: action, Condition: condition } = input;
        if (!/^[A-Za-z0-9_-]{1,64}$/u.test(sid))
          throw invalid("StatementId has 1 to 64 letters, digits, hyphens and underscores");
        if (principal !== "*" && !/^\d{12}$/u.test(principal)) throw invalid("Principal must be an account or *");
        if (action !== "events:PutEvents") throw invalid("Provided value in parameter 'action' is not supported.");
        const isOrganization =
          condition !== undefined && condition.Type === "StringEquals" && condition.Key === "aws:PrincipalOrgID";
        if (condition !== undefined && !(isOrganization && principal === "*"))
          throw invalid("A condition is StringEquals of aws:PrincipalOrgID, with Principal *");
        const statement = {
          Sid: sid,
          Effect: "Allow",
          Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
          Action: action,
          Resource: bus.arn,
          ...(condition === undefined
            ? {}
            : { Condition: { StringEquals: { "aws:PrincipalOrgID": condition.Value ?? "" } } }),
        };
        const others = statementsOf(bus).filter((each) => each["Sid"] !== sid);
        const text = JSON.stringify({ Version: "2012-10-17", Statement: [...others, statement] });
        if (text.length > 10_240)
          throw new AwsError("PolicyLengthExceededException", "The event bus policy is too long.");
        setPolicy(bus, text, call.at);
        return {};
      },
    },
    RemovePermission: {
      needs: (input, call) => onBus(parts, "RemovePermission", input.EventBusName, call),
      answer: (input, call) => {
        const bus = busOf(store, readBusName(input.EventBusName, call));
        const rest =
          input.RemoveAllPermissions === true
            ? []
            : statementsOf(bus).filter((each) => each["Sid"] !== input.StatementId);
        if (input.RemoveAllPermissions !== true && rest.length === statementsOf(bus).length) {
          throw new AwsError("ResourceNotFoundException", "Statement with the provided id does not exist.");
        }
        setPolicy(
          bus,
          rest.length === 0 ? undefined : JSON.stringify({ Version: "2012-10-17", Statement: rest }),
          call.at,
        );
        return {};
      },
    },
  } satisfies Service<"events">["operations"];
}

/** A page's size, of 1 to 100. */
export function limitOf(limit: number | undefined): number {
  if (limit !== undefined && !(limit >= 1 && limit <= 100)) throw invalid("Limit is a number from 1 to 100");
  return limit ?? 100;
}

function refuseUnknown(input: {
  readonly EventSourceName?: unknown;
  readonly KmsKeyIdentifier?: unknown;
  readonly DeadLetterConfig?: unknown;
  readonly LogConfig?: unknown;
}): void {
  for (const name of ["EventSourceName", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"] as const) {
    if (input[name] !== undefined) throw invalid(`${name} of an event bus is not part of this endpoint`);
  }
}
