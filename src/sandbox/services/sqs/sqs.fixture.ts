import { askService } from "../ask.fixture.ts";
import { type TestWorld, testWorld } from "../call.fixture.ts";
import { type EncryptionKeys } from "../encryption-keys.ts";
import { sqsService } from "./sqs-service.ts";

export { refusal } from "../ask.fixture.ts";

/** No keys at all. */
export const noKeys: EncryptionKeys = { find: () => undefined };

/** A queue service in a test's world, and a short way to ask it. */
export function testSqs(world: TestWorld = testWorld(), keys: EncryptionKeys = noKeys) {
  const service = sqsService(world, keys);
  const ask = askService(world, service);
  async function queue(name: string, Attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl: url } = await ask("CreateQueue", { QueueName: name, Attributes });
    return url ?? "";
  }
  return { world, service, ask, queue };
}
