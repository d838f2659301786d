import { type AwsError, type InputOf, type OutputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { testCall, type TestWorld, testWorld } from "../call.fixture.ts";
import { type EncryptionKeys } from "../encryption-keys.ts";
import { sqsService } from "./index.ts";

type Operations = ReturnType<typeof sqsService>["operations"];

/** No keys at all. */
export const noKeys: EncryptionKeys = { find: () => undefined };

/** A queue service in a test's world, and a short way to ask it. */
export function testSqs(world: TestWorld = testWorld(), keys: EncryptionKeys = noKeys) {
  const service = sqsService(world, keys);
  async function ask<Name extends keyof Operations & string>(
    name: Name,
    input: InputOf<"sqs", Name>,
    from: Partial<Omit<Call, "note" | "body">> = {},
  ): Promise<OutputOf<"sqs", Name>> {
    const call = testCall({ world, service: "sqs", operation: name, ...from });
    const operation = service.operations[name] as unknown as {
      needs(input: unknown, call: Call): unknown;
      answer(input: unknown, call: Call): Promise<OutputOf<"sqs", Name>>;
    };
    operation.needs(input, call);
    return operation.answer(input, call);
  }
  async function queue(name: string, Attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl: url } = await ask("CreateQueue", { QueueName: name, Attributes });
    return url ?? "";
  }
  return { world, service, ask, queue };
}

/** What an error of AWS is called, for `assert.rejects`. */
export function refusal(code: string): (error: unknown) => boolean {
  return (error) => (error as AwsError).code === code;
}
