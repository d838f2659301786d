import assert from "node:assert/strict";

import { AwsError } from "../../aws/index.ts";
import { SteppedClock } from "../../base/clock.ts";
import { type CloudTrailRecord } from "../../cloudtrail/index.ts";
// The sandbox's state is what the recorder keeps things in; a test makes its material where it finds it.
import { openState } from "../../sandbox/index.ts";
import { type By } from "../by.ts";
import { openAuditLog } from "../lake/audit-log.ts";
import { openHistory } from "../lookup/history.ts";
import { type Delegations, type Organization, type Outlets, type TrailAddress } from "../outlets.ts";
import { type PublicKey } from "../public-keys.ts";
import { openTrailBook } from "../trails/trail-book.ts";
import { type CloudTrailApi, cloudTrailApi } from "./cloudtrail-api.ts";

export const owner = "111111111111";
export const member = "222222222222";
export const stranger = "333333333333";
export const start = Date.UTC(2026, 10, 20, 12);

/** The bucket, topic, key, group and role that are there, and let CloudTrail. */
export const bucket = "records-of-everything";
export const topic = "records-topic";
export const keyArn = `arn:aws:kms:eu-west-1:${owner}:key/11111111-2222-4333-8444-555555555555`;
export const groupArn = `arn:aws:logs:eu-west-1:${owner}:log-group:records:*`;
export const roleArn = `arn:aws:iam::${owner}:role/writes-records`;

/** The API over an AWS that is made up for tests: refuses what it is told to, and remembers what it was asked. */
export class MadeUpOutlets implements Outlets {
  /** The other service's error code by what is asked: a bucket, topic, key, group, or `probe <bucket>`. */
  readonly refusals = new Map<string, string>();
  readonly asked: string[] = [];
  readonly published: { readonly topicArn: string; readonly message: string }[] = [];
  organizations: readonly Organization[] = [];
  key = { arn: keyArn, region: "eu-west-1", isSymmetric: true };
  /** Runs while a bucket is probed; what others do meanwhile. */
  meanwhile: () => void | Promise<void> = () => undefined;

  async putObject(): Promise<void> {}
  async putLogEvents(): Promise<void> {}
  async putBusEvent(): Promise<void> {}

  async bucketRegion(name: string): Promise<string> {
    this.#ask(name);
    return "eu-west-1";
  }

  async probeBucket(trail: TrailAddress, name: string, prefix: string | undefined, folders: readonly string[]) {
    this.asked.push(`${trail.arn} writes ${[prefix, "AWSLogs", folders[0]].filter(Boolean).join("/")}`);
    await this.meanwhile();
    this.#ask(`probe ${name}`);
  }

  async publish(_trail: TrailAddress, topicArn: string, message: string): Promise<void> {
    this.#ask(topicArn);
    this.published.push({ topicArn, message });
  }

  async describeKey(_trail: TrailAddress, keyId: string) {
    this.#ask(keyId);
    return this.key;
  }

  async probeKey(_trail: TrailAddress, arn: string): Promise<void> {
    this.#ask(`probe ${arn}`);
  }

  async probeLogGroup(_trail: TrailAddress, logGroupArn: string): Promise<void> {
    this.#ask(logGroupArn);
  }

  async organizationOf(accountId: string): Promise<Organization | undefined> {
    return this.organizations.find(
      ({ managementAccountId, memberIds }) => managementAccountId === accountId || memberIds.includes(accountId),
    );
  }

  #ask(what: string): void {
    const code = this.refusals.get(what);
    if (code !== undefined) throw new AwsError(code, "Refused for a test", 403);
  }
}

export const organization: Organization = {
  id: "o-exampleorg1",
  managementAccountId: owner,
  memberIds: [owner, member],
  hasAllFeatures: true,
  trusts: ["cloudtrail.amazonaws.com"],
  delegatedAdministrators: {},
};

export function madeUpApi(options: { readonly isThrottled?: boolean; readonly keys?: readonly PublicKey[] } = {}) {
  const clock = new SteppedClock(start);
  const outlets = new MadeUpOutlets();
  const state = openState(":memory:");
  const trails = openTrailBook(state, outlets);
  const history = openHistory(":memory:", { clock });
  const auditLog = openAuditLog(":memory:");
  const delegations: Delegations = {
    register: async (of, accountId, service) => changeAdministrators(of, service, (all) => [...all, accountId]),
    deregister: async (of, accountId, service) =>
      changeAdministrators(of, service, (all) => all.filter((one) => one !== accountId)),
  };
  const changeAdministrators = (
    of: Organization,
    service: string,
    change: (all: readonly string[]) => readonly string[],
  ) => {
    const delegatedAdministrators = { [service]: change(of.delegatedAdministrators[service] ?? []) };
    outlets.organizations = outlets.organizations.map((one) =>
      one.id === of.id ? { ...one, delegatedAdministrators } : one,
    );
  };
  const publicKeys = {
    list: (_region: string, from: number, to: number) =>
      (options.keys ?? []).filter(({ validFrom, validTo }) => validFrom <= to && validTo >= from),
  };
  let made = 0;
  const newId = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, "0")}`;
  const parts = { state, trails, outlets, delegations, history, publicKeys, auditLog, newId };
  const api = cloudTrailApi({ ...parts, isThrottled: options.isThrottled ?? false });
  const by = (who: Partial<By> = {}): By => {
    const accountId = who.accountId ?? owner;
    return { accountId, region: "eu-west-1", arn: `arn:aws:iam::${accountId}:user/ana`, at: clock.now(), ...who };
  };
  return { api, parts, clock, outlets, state, trails, history, auditLog, by, call: caller(api, by) };
}

/** Calls an operation by name, with whatever a client might send. */
function caller(api: CloudTrailApi, by: (who?: Partial<By>) => By) {
  return async <Name extends keyof CloudTrailApi>(
    name: Name,
    input: object = {},
    who: Partial<By> = {},
  ): Promise<Awaited<ReturnType<NonNullable<CloudTrailApi[Name]>>>> => {
    const operation = api[name] as ((given: object, by: By) => Promise<never>) | undefined;
    assert.ok(operation !== undefined, `there is no ${name}`);
    return operation(input, by(who));
  };
}

/** That an operation is refused under CloudTrail's name for it. */
export async function assertRefused(answer: Promise<unknown>, code: string, hint = ""): Promise<void> {
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof AwsError, String(error));
    assert.equal(error.code, code, `${hint}: ${error.message}`);
    assert.equal(error.status, 400);
    return true;
  });
}

/** A management event of an IAM user, as a finished record. */
export function managementEvent(number: number, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    eventTime: new Date(start - 60_000 + number * 1000).toISOString().replace(".000", ""),
    eventSource: "iam.amazonaws.com",
    eventName: "CreateUser",
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.7",
    userIdentity: {
      type: "IAMUser",
      arn: `arn:aws:iam::${owner}:user/ana`,
      accountId: owner,
      accessKeyId: "AKIAEXAMPLEEXAMPLE01",
      userName: "ana",
    },
    requestParameters: { userName: `user-${number}` },
    responseElements: null,
    eventID: `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`,
    eventType: "AwsApiCall",
    managementEvent: true,
    readOnly: false,
    recipientAccountId: owner,
    eventCategory: "Management",
    ...change,
  };
}
