import { type ServiceName } from "../../src/aws/index.ts";
import { type Call } from "../../src/sandbox/service.ts";
import { type Sandbox } from "../../src/sandbox/start-sandbox.ts";

/** A call as its service saw it, by the SDK's names of members. */
export interface SeenCall {
  readonly service: ServiceName;
  readonly operation: string;
  /** One of AWS's own services called it. */
  readonly isFromService: boolean;
  readonly input: object;
  output: object | undefined;
}

type WatchedCall = Pick<Call, "requestId" | "sourceIp">;

interface WatchedOperation {
  needs(input: object, call: WatchedCall): unknown;
  answer(input: object, call: WatchedCall): unknown;
}

/** Stands between the front and the services and takes down what goes in and comes out, by request id. */
export function watchCalls({ services }: Pick<Sandbox, "services">): ReadonlyMap<string, SeenCall> {
  const seen = new Map<string, SeenCall>();
  for (const [service, { operations }] of services) {
    for (const [name, operation] of Object.entries(operations) as [string, WatchedOperation][]) {
      const own = { ...operation };
      Object.assign(operation, {
        needs(input: object, call: WatchedCall) {
          const isFromService = call.sourceIp.endsWith(".amazonaws.com");
          seen.set(call.requestId, { service, operation: name, isFromService, input, output: undefined });
          return own.needs(input, call);
        },
        async answer(input: object, call: WatchedCall) {
          const output = await own.answer(input, call);
          const watched = seen.get(call.requestId);
          if (watched !== undefined) watched.output = output as object;
          return output;
        },
      });
    }
  }
  return seen;
}
