import { defineService, type Service } from "../../service.ts";
import { type Inside, type World } from "../../world.ts";
import { type DeliveryFailure } from "../deliveries/delivery-failures.ts";
import { type EncryptionKeys } from "../encryption-keys.ts";
import { publishOperations } from "./publish-operations.ts";
import { Publisher } from "./publisher.ts";
import { type SnsParts } from "./sns-parts.ts";
import { subscriptionOperations } from "./subscription-operations.ts";
import { openSnsStore } from "./topic.ts";
import { topicOperations } from "./topic-operations.ts";

/** SNS, and what the front and the control API ask of it beyond AWS's operations. */
export interface SnsService extends Service<"sns">, AsyncDisposable {
  /** The signing certificate as PEM, when the path is the one that envelopes name in `SigningCertURL`. */
  certificateAt(path: string): string | undefined;
  /** What could not be delivered: how many, and the newest thousand. */
  deliveryFailures(): { readonly total: number; readonly waiting: number; readonly newest: readonly DeliveryFailure[] };
}

/** Topics and subscriptions, as SNS has them: to queues, and to servers of this machine. */
export function snsService(world: World, inside: Inside, keys: EncryptionKeys): SnsService {
  const store = openSnsStore(world);
  const publisher = new Publisher(store, inside);
  const parts: SnsParts = { store, keys, publisher };
  return {
    ...defineService("sns", {
      ...topicOperations(parts),
      ...subscriptionOperations(parts),
      ...publishOperations(parts),
    }),
    certificateAt: (path) => publisher.signer.certificateAt(path),
    deliveryFailures: () => ({
      total: publisher.failures.total,
      waiting: publisher.waiting,
      newest: publisher.failures.list(),
    }),
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  };
}
