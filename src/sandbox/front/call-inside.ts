import { Readable } from "node:stream";

import { AwsError, loadOperations } from "../../aws/index.ts";
import { type Inside } from "../world.ts";
import { type FrontParts } from "./front-parts.ts";
import { performCall } from "./perform-call.ts";

/** Calls that the services make to one another: no socket, no signature, but policies and records all the same. */
export function createInside(front: FrontParts): Inside {
  return {
    async callAs(as, serviceName, operationName, input, body) {
      const service = await loadOperations(serviceName);
      const operation = service.operations.get(operationName);
      if (operation === undefined) throw new AwsError("UnknownOperationException", `There is no ${operationName}`);
      const caller = front.callerOfService(as);
      const facts = {
        operation,
        caller,
        region: as.region,
        requestId: front.newRequestId(),
        sourceIp: as.service,
        userAgent: as.service,
      };
      const stream = body === undefined ? undefined : Readable.from([body], { objectMode: false });
      const performed = await performCall({ ...facts, readInput: () => input, body: stream }, front);
      await front.onCall({
        ...facts,
        ...performed,
        accountId: caller.accountId,
        at: front.clock.now(),
        signed: "header",
        invokedBy: as.service,
        bytesIn: body?.length ?? 0,
        bytesOut: 0,
      });
      if (performed.error !== undefined) throw performed.error;
      return performed.output ?? {};
    },
  };
}
