import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { readArn } from "../resource-arn.ts";

/** A bus of events. The default one of an account and region is there without being made. */
export interface Bus {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly description?: string;
  readonly policy?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface Rule {
  readonly accountId: string;
  readonly region: string;
  readonly busName: string;
  readonly name: string;
  readonly arn: string;
  readonly pattern?: string;
  readonly schedule?: string;
  /** From when on a rate counts. */
  readonly scheduledFrom: number;
  readonly state: RuleState;
  readonly description?: string;
  readonly roleArn?: string;
  readonly targets: readonly RuleTarget[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly transformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
  readonly groupId?: string;
  readonly deadLetterArn?: string;
  readonly retryAttemptsMax?: number;
  readonly eventAgeSecondsMax?: number;
}

export interface EventsStore {
  readonly world: World;
  readonly buses: Collection<Bus>;
  readonly rules: Collection<Rule>;
}

export function openEventsStore(world: World): EventsStore {
  return { world, buses: world.state.collection("events/buses"), rules: world.state.collection("events/rules") };
}

export interface BusAddress {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

const busShape = /^(?!aws\.)[A-Za-z0-9._/-]{1,256}$/u;

/** Which bus a name or ARN means; none means the default one. */
export function readBusName(
  name: string | undefined,
  from: { readonly accountId: string; readonly region: string },
): BusAddress {
  const arn = readArn(name);
  if (arn !== undefined) {
    if (arn.service !== "events" || !arn.resource.startsWith("event-bus/"))
      throw invalid(`EventBusName ${name} is not the ARN of an event bus`);
    return { accountId: arn.accountId, region: arn.region, name: arn.resource.slice("event-bus/".length) };
  }
  if (name !== undefined && !busShape.test(name))
    throw invalid("1 validation error detected: Value at 'eventBusName' failed to satisfy constraint");
  return { accountId: from.accountId, region: from.region, name: name ?? "default" };
}

export function busArn({ accountId, region, name }: BusAddress): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

export function busKey({ accountId, region, name }: BusAddress): string {
  return keyOf(accountId, region, name);
}

export function findBus({ buses, world }: EventsStore, address: BusAddress): Bus | undefined {
  const found = buses.get(busKey(address));
  if (found !== undefined || address.name !== "default" || !world.accounts.has(address.accountId)) return found;
  return { ...address, arn: busArn(address), createdAt: 0, modifiedAt: 0, tags: {} };
}

export function busOf(store: EventsStore, address: BusAddress): Bus {
  const bus = findBus(store, address);
  if (bus === undefined) throw new AwsError("ResourceNotFoundException", `Event bus ${address.name} does not exist.`);
  return bus;
}

/** Rules lie below their bus, in the order of their names. */
export function ruleKey(bus: BusAddress, name: string): string {
  return keyOf(bus.accountId, bus.region, bus.name, name);
}

export function ruleArn(bus: BusAddress, name: string): string {
  return `arn:aws:events:${bus.region}:${bus.accountId}:rule/${bus.name === "default" ? "" : `${bus.name}/`}${name}`;
}

export function ruleOf({ rules }: EventsStore, bus: BusAddress, name: string | undefined): Rule {
  const rule = name === undefined ? undefined : rules.get(ruleKey(bus, name));
  if (rule === undefined)
    throw new AwsError("ResourceNotFoundException", `Rule ${name ?? ""} does not exist on EventBus ${bus.name}.`);
  return rule;
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
