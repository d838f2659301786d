import { bucketIn } from "../places.ts";
import { type Stage } from "../stage.ts";
import { type Tool } from "../tools.ts";
import { type Cast, serviceRole } from "./cast.ts";

const tools: readonly Tool[] = ["boto", "go", "java", "node"];

/** A service at work: reads and writes objects, uses a data key, sends a message; now and then something is not there. */
export async function serve(stage: Stage, { serviceHost, ordersKeyId }: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const number = random.int(8);
  const host = stage.actor({
    name: "service-host",
    accountId: accounts.shop,
    region: company.homeRegion,
    credentials: serviceHost,
    tool: tools[number % tools.length] ?? "boto",
    sourceIp: `198.51.100.${10 + number}`,
  });
  const account = random.pick(["shop", "shop", "data"] as const);
  const session = await host.assume({
    accountId: accounts[account],
    name: serviceRole,
    sessionName: `catalog-${number}`,
  });
  const Bucket = bucketIn(stage, account, "orders");
  for (let round = 2 + random.int(4); round > 0; round -= 1) {
    await session.call("s3", "GetObject", { Bucket, Key: `today/${1 + random.int(3)}.json` });
    if (random.chance(0.3)) {
      const Body = JSON.stringify({ order: random.hex(12), total: random.int(20_000) });
      await session.call("s3", "PutObject", { Bucket, Key: `today/${1 + random.int(3)}.json`, Body });
    }
    if (random.chance(0.02))
      await session.attempt("s3", "GetObject", { Bucket, Key: `yesterday/${random.hex(6)}.json` });
    if (random.chance(0.01)) await session.attempt("ec2", "DescribeInstances", {});
    await stage.pause(0.2 + random.fraction() * 2);
  }
  if (account !== "shop") return;
  const { CiphertextBlob } = await session.call("kms", "GenerateDataKey", {
    KeyId: ordersKeyId,
    KeySpec: "AES_256",
    EncryptionContext: { service: "catalog" },
  });
  await session.call("kms", "Decrypt", { CiphertextBlob, EncryptionContext: { service: "catalog" } });
  const TopicArn = `arn:aws:sns:${company.homeRegion}:${accounts.shop}:orders-events`;
  await session.call("sns", "Publish", { TopicArn, Message: JSON.stringify({ order: random.hex(12) }) });
  const { QueueUrl } = await session.call("sqs", "GetQueueUrl", { QueueName: "orders-jobs" });
  await session.call("sqs", "SendMessage", { QueueUrl, MessageBody: random.hex(12) });
  const { Messages = [] } = await session.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) await session.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
}
