import { AwsError } from "../../aws/index.ts";
import { type BusEvent, type DeliveredObject, type Organization, type Outlets } from "../outlets.ts";

/** An AWS for tests that keeps what it is given, and refuses what it is told to. */
export class MadeUpOutlets implements Outlets {
  /** By bucket and key, with a slash between. */
  readonly objects = new Map<string, DeliveredObject>();
  /** Every put that was let through, again and again for the same key. */
  readonly puts: string[] = [];
  readonly notices: { readonly topicArn: string; readonly message: string }[] = [];
  readonly logEvents: { readonly stream: string; readonly at: number; readonly text: string }[] = [];
  readonly busEvents: (BusEvent & { readonly accountId: string; readonly region: string })[] = [];
  /** Code by bucket, topic or log group. */
  readonly refusals = new Map<string, string>();
  organization: Organization | undefined;
  /** Called before each put; may wait, or throw. */
  beforePut: (object: DeliveredObject) => void | Promise<void> = () => undefined;

  async putObject(_trail: unknown, object: DeliveredObject): Promise<void> {
    await this.beforePut(object);
    this.#refuse(object.bucket);
    this.objects.set(`${object.bucket}/${object.key}`, object);
    this.puts.push(`${object.bucket}/${object.key}`);
  }

  async publish(_trail: unknown, topicArn: string, message: string): Promise<void> {
    this.#refuse(topicArn);
    this.notices.push({ topicArn, message });
  }

  async putLogEvents(
    _trail: unknown,
    group: { readonly logGroupArn: string; readonly stream: string },
    messages: readonly { readonly at: number; readonly text: string }[],
  ): Promise<void> {
    this.#refuse(group.logGroupArn);
    this.logEvents.push(...messages.map((message) => ({ stream: group.stream, ...message })));
  }

  async putBusEvent(accountId: string, region: string, event: BusEvent): Promise<void> {
    this.busEvents.push({ accountId, region, ...event });
  }

  async organizationOf(accountId: string): Promise<Organization | undefined> {
    return this.organization?.memberIds.includes(accountId) === true ? this.organization : undefined;
  }

  async probeBucket(): Promise<void> {}
  async probeKey(): Promise<void> {}
  async probeLogGroup(): Promise<void> {}

  async bucketRegion(): Promise<string> {
    return "eu-west-1";
  }

  async describeKey(_trail: unknown, keyId: string) {
    return { arn: keyId, region: "eu-west-1", isSymmetric: true };
  }

  #refuse(name: string): void {
    const code = this.refusals.get(name);
    if (code !== undefined) throw code === "timeout" ? new Error("No answer") : new AwsError(code, "Refused", 403);
  }
}
