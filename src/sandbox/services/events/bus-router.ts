import { createHash } from "node:crypto";
import { AwsError } from "../../../aws/index.ts";
import { growingPauseMs } from "../../../base/growing-pause.ts";
import { type Inside, type ServiceCall } from "../../world.ts";
import { Deliveries, type Delivery } from "../deliveries/deliveries.ts";
import { DeliveryFailures } from "../deliveries/delivery-failures.ts";
import { compilePattern, eventBridgeDialect, type EventMatcher } from "../event-patterns/compile-pattern.ts";
import { readArn } from "../resource-arn.ts";
import { type Envelope, eventOf } from "./envelope.ts";
import { forwardEntry } from "./forwarded.ts";
import { type BusAddress, type EventsStore, type Rule, ruleKey, type RuleTarget } from "./rule.ts";
import { targetBody } from "./target-input.ts";

interface Job {
  readonly bus: BusAddress;
  readonly ruleName: string;
  readonly target: RuleTarget;
  readonly envelope: Envelope;
  readonly body: string;
}

/** An event that came through two buses goes no further: rules that lead in a circle come to an end. */
const hopsMax = 2;
const retryMs = { first: 1_000, most: 600_000 };

/** Finds the rules that an event is for and hands it to their targets. */
export class BusRouter {
  readonly failures: DeliveryFailures;
  readonly #store: EventsStore;
  readonly #inside: Inside;
  readonly #deliveries: Deliveries<Job>;
  readonly #matchers = new Map<string, EventMatcher>();

  constructor(store: EventsStore, inside: Inside) {
    this.#store = store;
    this.#inside = inside;
    this.failures = new DeliveryFailures(store.world, "events");
    this.#deliveries = new Deliveries<Job>(store.world, "events/deliveries", {
      attempt: (job) => this.#attempt(job),
      waitAfter: (delivery) => this.#waitAfter(delivery),
      giveUp: (delivery, error) => this.#giveUp(delivery, error),
    });
    this.#deliveries.start();
  }

  get waiting(): number {
    return this.#deliveries.waiting;
  }

  /** Gives an event to all rules of a bus that want it; returns when each target was tried once. */
  async route(bus: BusAddress, envelope: Envelope): Promise<void> {
    const rules = [...this.#store.rules.values(ruleKey(bus, ""))].filter(
      (rule) => isAwake(rule, envelope) && rule.pattern !== undefined,
    );
    if (rules.length === 0) return;
    const event = eventOf(envelope);
    const wanting = rules.filter((rule) => this.#matcherOf(rule.pattern ?? "{}")(event));
    await Promise.all(wanting.map((rule) => this.fire(rule, envelope)));
  }

  /** Gives an event to a rule's targets. */
  async fire(rule: Rule, envelope: Envelope): Promise<void> {
    const bus = { accountId: rule.accountId, region: rule.region, name: rule.busName };
    await Promise.all(
      rule.targets.map((target) =>
        this.#deliveries.deliver({
          bus,
          ruleName: rule.name,
          target,
          envelope,
          body: targetBody(target, rule, envelope),
        }),
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deliveries[Symbol.asyncDispose]();
  }

  #matcherOf(pattern: string): EventMatcher {
    const known = this.#matchers.get(pattern);
    if (known !== undefined) return known;
    const matcher = compilePattern(pattern, eventBridgeDialect);
    if (this.#matchers.size > 1_000) this.#matchers.clear();
    this.#matchers.set(pattern, matcher);
    return matcher;
  }

  async #attempt(job: Job): Promise<void> {
    const { target, body } = job;
    const arn = readArn(target.arn);
    const as = this.#callerFor(job, arn?.region ?? job.bus.region, target.roleArn);
    switch (arn?.service) {
      case "sqs":
        await this.#send(as, target.arn, body, target.groupId, job.envelope.id);
        return;
      case "sns":
        await this.#inside.callAs(as, "sns", "Publish", { TopicArn: target.arn, Message: body });
        return;
      case "events":
        if (job.envelope.hops >= hopsMax)
          throw new AwsError("EventLoopPrevented", "An event goes through at most three buses");
        await this.#inside.callAs(as, "events", "PutEvents", forwardEntry(target.arn, job.envelope));
        return;
      case "logs":
        await this.#log(as, job, arn.resource);
        return;
      default:
        throw new AwsError("ValidationException", `Targets such as ${target.arn} are not part of this endpoint`);
    }
  }

  async #send(
    as: ServiceCall,
    queueArn: string,
    body: string,
    groupId: string | undefined,
    eventId: string,
    attributes?: object,
  ): Promise<void> {
    const queue = readArn(queueArn);
    const isFifo = queue?.resource.endsWith(".fifo") === true;
    await this.#inside.callAs(as, "sqs", "SendMessage", {
      QueueUrl: `${this.#store.world.url}/${queue?.accountId}/${queue?.resource}`,
      MessageBody: body,
      ...(attributes === undefined ? {} : { MessageAttributes: attributes }),
      ...(isFifo ? { MessageGroupId: groupId ?? "events", MessageDeduplicationId: eventId } : {}),
    });
  }

  async #log(as: ServiceCall, job: Job, resource: string): Promise<void> {
    const logGroupName = resource.replace(/^log-group:/u, "").replace(/:\*$/u, "");
    // One stream for each target of a rule, always the same.
    const hash = createHash("sha256")
      .update(`${this.#arnOf(job)} ${job.target.id}`)
      .digest("hex");
    const logStreamName = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
    const events = { logGroupName, logStreamName, logEvents: [{ timestamp: job.envelope.takenAt, message: job.body }] };
    try {
      await this.#inside.callAs(as, "logs", "PutLogEvents", events);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
      await this.#inside.callAs(as, "logs", "CreateLogStream", { logGroupName, logStreamName });
      await this.#inside.callAs(as, "logs", "PutLogEvents", events);
    }
  }

  #callerFor(job: Job, region: string, roleArn: string | undefined): ServiceCall {
    const sourceArn = this.#arnOf(job);
    return {
      service: "events.amazonaws.com",
      region,
      sourceArn,
      sourceAccount: job.bus.accountId,
      ...(roleArn === undefined ? {} : { roleArn }),
    };
  }

  #arnOf({ bus, ruleName }: Job): string {
    return (
      this.#store.rules.get(ruleKey(bus, ruleName))?.arn ??
      `arn:aws:events:${bus.region}:${bus.accountId}:rule/${ruleName}`
    );
  }

  /** EventBridge User Guide, "How EventBridge retries delivering events": a day, 185 times, with growing pauses. */
  #waitAfter({ attempts, startedAt, job }: Delivery<Job>): number | undefined {
    const wait = growingPauseMs(retryMs, attempts - 1);
    const ageMax = (job.target.eventAgeSecondsMax ?? 86_400) * 1_000;
    const isOver =
      attempts > (job.target.retryAttemptsMax ?? 185) || this.#store.world.clock.now() + wait - startedAt > ageMax;
    return isOver ? undefined : wait;
  }

  async #giveUp({ job, attempts }: Delivery<Job>, error: AwsError): Promise<void> {
    const { target, envelope } = job;
    let deadLetterArn: string | undefined;
    if (target.deadLetterArn !== undefined) {
      try {
        const as = this.#callerFor(job, readArn(target.deadLetterArn)?.region ?? job.bus.region, undefined);
        await this.#send(
          as,
          target.deadLetterArn,
          JSON.stringify(eventOf(envelope)),
          "events",
          envelope.id,
          deadLetterAttributes(this.#arnOf(job), job, attempts, error),
        );
        ({ deadLetterArn } = target);
      } catch {
        // Said by the failure, which then names no queue.
      }
    }
    this.failures.add({
      at: this.#store.world.clock.now(),
      sourceArn: this.#arnOf(job),
      target: target.arn,
      messageId: envelope.id,
      code: error.code,
      message: error.message,
      attempts,
      ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    });
  }
}

/** EventBridge User Guide, "Using dead-letter queues to process undelivered events". */
function deadLetterAttributes(arn: string, job: Job, attempts: number, error: AwsError): object {
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  return {
    RULE_ARN: text(arn),
    TARGET_ARN: text(job.target.arn),
    ERROR_CODE: text(error.code),
    ERROR_MESSAGE: text(error.message),
    ...(attempts > 1 ? { EXHAUSTED_RETRY_CONDITION: text("MaximumRetryAttempts") } : {}),
    RETRY_ATTEMPTS: { DataType: "Number", StringValue: String(attempts - 1) },
  };
}

/** Read-only management events reach only rules that ask for them. */
function isAwake(rule: Rule, envelope: Envelope): boolean {
  if (rule.state === "DISABLED") return false;
  return !envelope.isReadOnlyManagement || rule.state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}
