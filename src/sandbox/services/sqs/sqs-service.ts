import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { type EncryptionKeys } from "../encryption-keys.ts";
import { attributeOperations } from "./attribute-operations.ts";
import { moveOperations } from "./move-operations.ts";
import { queueOperations } from "./queue-operations.ts";
import { Queues } from "./queues.ts";
import { receiptOperations } from "./receipt-operations.ts";
import { receiveOperations } from "./receive-operations.ts";
import { sendOperations } from "./send-operations.ts";
import { tagOperations } from "./tag-operations.ts";

/** Queues, as SQS has them; everything but what `move-operations.ts` says. */
export function sqsService(world: World, keys: EncryptionKeys): Service<"sqs"> {
  const parts = { queues: new Queues(world), keys };
  return defineService("sqs", {
    ...queueOperations(parts),
    ...attributeOperations(parts),
    ...tagOperations(parts),
    ...sendOperations(parts),
    ...receiveOperations(parts),
    ...receiptOperations(parts),
    ...moveOperations(parts),
  });
}
