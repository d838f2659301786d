import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type TestContext } from "node:test";
import { AwsError, type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type CallNote } from "../../../recorder/index.ts";
import { type Call, type Operation } from "../../service.ts";
import { type ServiceCall } from "../../world.ts";
import { testCall, testWorld, type TestWorld } from "../call.fixture.ts";
import { type S3 } from "./operation.ts";
import { type S3Outlets } from "./outlets.ts";
import { s3Service } from "./s3-service.ts";
import { openS3State } from "./s3-state.ts";

export interface Sent {
  readonly from: ServiceCall;
  readonly to: string;
  readonly message: string;
}

export interface TestS3 {
  readonly s3: S3;
  readonly world: TestWorld;
  /** What queues and topics were sent. */
  readonly sent: Sent[];
  /** Ways in which the AWS around S3 behaves. */
  readonly around: { refusesNotices: boolean; isKeyDisabled: boolean; refuses: (action: string) => boolean };
  /** Makes a call as the front does, but that nobody looks at policies: needs, then the answer. */
  readonly call: <Name extends OperationName<"s3">>(
    name: Name,
    input: InputOf<"s3", Name>,
    options?: CallOptions,
  ) => Promise<OutputOf<"s3", Name>>;
  /** The notes of the last call. */
  readonly notes: readonly CallNote[];
}

export type CallOptions = Partial<Omit<Call, "note" | "body">> & { readonly body?: string | Uint8Array };

/** An S3 of its own for a test, its bytes in a folder that goes with the test. */
export async function testS3(test: TestContext, options: { readonly folder?: string } = {}): Promise<TestS3> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "trailwarden-s3-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const world = testWorld({ folder });
  const sent: Sent[] = [];
  const around: TestS3["around"] = { refusesNotices: false, isKeyDisabled: false, refuses: () => false };
  const outlets = testOutlets(sent, around);
  const state = await openS3State(world);
  const service = s3Service(state, outlets);
  let notes: readonly CallNote[] = [];
  return {
    s3: { ...state, outlets },
    world,
    sent,
    around,
    get notes() {
      return notes;
    },
    async call(name, input, { body, ...rest } = {}) {
      const operations = service.operations as Readonly<Record<string, Operation | undefined>>;
      const operation = operations[name];
      if (operation === undefined) throw new Error(`${name} is not there`);
      const call = testCall({
        service: "s3",
        operation: name,
        world,
        ...rest,
        ...(body === undefined ? {} : { body: Readable.from([Buffer.from(body)]) }),
      });
      notes = call.notes;
      operation.needs(input as never, call);
      return (await operation.answer(input as never, call)) as never;
    },
  };
}

/** A KMS of one key that keeps data keys in a map, and notices that are only counted. */
function testOutlets(sent: Sent[], around: TestS3["around"]): S3Outlets {
  const dataKeys = new Map<string, { readonly plaintext: Buffer; readonly context: string }>();
  const disabled = () => new AwsError("DisabledException", "the key is disabled");
  const keep = async (from: ServiceCall, to: string, message: string): Promise<void> => {
    await Promise.resolve();
    if (around.refusesNotices) throw new AwsError("AccessDenied", "no", 403);
    sent.push({ from, to, message });
  };
  return {
    kms: {
      async generateDataKey(_call, { region, keyId, context }) {
        await Promise.resolve();
        if (around.isKeyDisabled) throw disabled();
        const plaintext = randomBytes(32);
        const ciphertext = randomBytes(40);
        dataKeys.set(ciphertext.toString("hex"), { plaintext, context: JSON.stringify(context) });
        return { plaintext, ciphertext, keyArn: `arn:aws:kms:${region}:111122223333:key/${keyId}` };
      },
      async decrypt(_call, { ciphertext, context }) {
        await Promise.resolve();
        if (around.isKeyDisabled) throw disabled();
        const found = dataKeys.get(Buffer.from(ciphertext).toString("hex"));
        if (found?.context !== JSON.stringify(context)) throw new AwsError("InvalidCiphertextException", "");
        return found.plaintext;
      },
    },
    notify: {
      send: keep,
      publish: (from, to, _subject, message) => keep(from, to, message),
      putEvent: (from, event) => keep(from, `bus/${event.detailType}`, event.detail),
    },
    knowsPrincipal: (arn) => !arn.includes("nobody"),
    authorize: (_call, need) =>
      around.refuses(need.action) ? { allowed: false, message: `not ${need.action}` } : { allowed: true },
  };
}

/** The text of an object's body. */
export async function readBody(output: { readonly Body?: unknown }): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of output.Body as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

/** An assertion on the error that AWS would answer. */
export function refusedWith(code: string, status?: number): (error: unknown) => boolean {
  return (error) =>
    error instanceof AwsError && error.code === code && (status === undefined || error.status === status);
}
