import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";

import {
  type AwsError,
  decodeRequest,
  encodeError,
  encodeResponse,
  hasStreamingInput,
  loadOperations,
  nameOperation,
  readParameters,
  readSignature,
  type RequestHandler,
  type ServiceName,
  type WireRequest,
} from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { createRandom } from "../made-up-events/random.ts";
import { type ConsoleDoor } from "./console-door.ts";
import { type StageOptions } from "./stage.ts";

export interface RehearsedCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly region: string | undefined;
  /** None of who is anonymous. */
  readonly accessKeyId: string | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly at: number;
  readonly requestId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Rehearsal {
  readonly options: StageOptions;
  readonly calls: readonly RehearsedCall[];
}

/** A clock on which waiting takes no time. */
export function hurriedClock(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    waitUntil(at, signal) {
      signal?.throwIfAborted();
      now = Math.max(now, at);
      return Promise.resolve();
    },
  };
}

export const rehearsalStart = Date.UTC(2026, 10, 20, 12);

/**
 * A stage without a world: the SDK's own clients write requests, this reads them back, keeps them, and answers just
 * enough for a story to go on. `refuse` says what is refused.
 */
export function rehearse(
  seed: string,
  refuse: (call: RehearsedCall) => AwsError | undefined = () => undefined,
  more: Partial<StageOptions> = {},
): Rehearsal {
  const calls: RehearsedCall[] = [];
  const clock = hurriedClock(rehearsalStart);
  const random = createRandom(`${seed}/rehearsal`);
  const requestHandler: RequestHandler = {
    async handle(sent) {
      const { request, body } = await read(sent as Sent);
      const query = readParameters(request.query);
      const signature = readSignature(request, query);
      const scope = signature.kind === "header" ? signature.scope : undefined;
      const service = (scope?.service ?? "s3") as ServiceName;
      const model = await loadOperations(service);
      const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
      const parameters = isForm ? [...query, ...readParameters(body.toString("utf8"))] : query;
      const named = nameOperation(model, request, parameters);
      if (named === undefined) throw new Error(`Nothing is called so: ${request.method} ${request.path}`);
      const call: RehearsedCall = {
        service,
        operation: named.operation.name,
        region: scope?.region,
        accessKeyId: scope?.accessKeyId,
        sourceIp: request.headers["x-trailwarden-source-ip"],
        userAgent: request.headers["user-agent"],
        at: clock.now(),
        requestId: random.uuid(),
        input: decodeRequest(
          named,
          request,
          parameters,
          hasStreamingInput(named.operation) ? undefined : body,
        ) as never,
      };
      calls.push(call);
      const refusal = refuse(call);
      const facts = { requestId: call.requestId };
      const answer =
        refusal === undefined
          ? encodeResponse(named.operation, outputOf(call, random), facts)
          : encodeError(named.operation.protocol, refusal, { ...facts, service: model });
      const answered = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
      const stream = answered instanceof Readable ? answered : Readable.from(answered === undefined ? [] : [answered]);
      return { response: { statusCode: answer.status, headers: answer.headers, body: stream } };
    },
  };
  const key = (account: string) => ({ accessKeyId: `AKIAADMIN${account.toUpperCase()}`, secretAccessKey: "made-up" });
  const consoleDoor: ConsoleDoor = {
    signIn: ({ outcome }) => {
      const credentials = { accessKeyId: `ASIA${random.capitals(16)}`, secretAccessKey: "made-up", sessionToken: "t" };
      return Promise.resolve({
        eventName: "ConsoleLogin",
        eventId: random.uuid(),
        ...(outcome === "success" ? { credentials } : {}),
      });
    },
  };
  const administrators = { shop: key("shop"), staging: key("staging"), data: key("data") };
  const endpoint = "http://127.0.0.1:4566";
  const options = { endpoint, clock, seed, administrators, requestHandler, console: consoleDoor, ...more };
  return { options, calls };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
}

async function read({ method, path, query, headers, body }: Sent): Promise<{ request: WireRequest; body: Buffer }> {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values]
      .flat()
      .map((value) => `${encodeURIComponent(name)}${value === null ? "" : `=${encodeURIComponent(value)}`}`),
  );
  const bytes =
    body instanceof Readable
      ? await buffer(body)
      : body instanceof Uint8Array
        ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
        : Buffer.from(body ?? "");
  return { request: { method, path, query: pairs.join("&"), headers }, body: bytes };
}

/** What stories look at in an answer. */
function outputOf({ service, operation, input }: RehearsedCall, random: ReturnType<typeof createRandom>): object {
  switch (`${service}:${operation}`) {
    case "sts:AssumeRole": {
      const Credentials = {
        AccessKeyId: `ASIA${random.capitals(16)}`,
        SecretAccessKey: "made-up",
        SessionToken: "token",
        Expiration: new Date(rehearsalStart + 3_600_000),
      };
      return { Credentials };
    }
    case "iam:CreateAccessKey": {
      const UserName = String(input["UserName"] ?? "root");
      const key = { AccessKeyId: `AKIA${random.capitals(16)}`, SecretAccessKey: "made-up", Status: "Active" };
      return { AccessKey: { UserName, ...key } };
    }
    case "s3:ListObjectsV2":
      return { Contents: [{ Key: "a.csv" }, { Key: "b.csv" }] };
    case "s3:GetObject":
      return { Body: Readable.from([Buffer.from("made up")], { objectMode: false }), ContentLength: 7 };
    case "ec2:DescribeVpcs":
      return { Vpcs: [{ VpcId: "vpc-1" }] };
    case "ec2:DescribeImages":
      return { Images: [{ ImageId: "ami-1" }] };
    case "ec2:CreateSecurityGroup":
      return { GroupId: "sg-1" };
    case "ec2:CreateVolume":
      return { VolumeId: "vol-1" };
    case "ec2:CreateSnapshot":
      return { SnapshotId: "snap-1" };
    case "kms:DescribeKey":
      return { KeyMetadata: { KeyId: "11111111-1111-4111-8111-111111111111" } };
    case "kms:GenerateDataKey":
      return { CiphertextBlob: Buffer.from("sealed"), Plaintext: Buffer.from("open") };
    case "sqs:GetQueueUrl":
      return { QueueUrl: "http://127.0.0.1:4566/111122223333/orders-jobs" };
    default:
      return {};
  }
}
