import { Readable } from "node:stream";

import { AwsError, loadOperations } from "../../aws/index.ts";
import { type Caller } from "../caller.ts";
import { type Inside, type ServiceCall } from "../world.ts";
import { type FrontParts } from "./front-parts.ts";
import { performCall } from "./perform-call.ts";

/** Calls that the services make to one another: no socket, no signature, but policies and records all the same. */
export function createInside(front: FrontParts): Inside {
  return {
    async callAs(as, serviceName, operationName, input, body) {
      const service = await loadOperations(serviceName);
      const operation = service.operations.get(operationName);
      if (operation === undefined) throw new AwsError("UnknownOperationException", `There is no ${operationName}`);
      const caller = callerOf(as);
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
        host: undefined,
        signed: undefined,
        invokedBy: as.service,
        bytesIn: body?.length ?? 0,
        bytesOut: 0,
      });
      if (performed.error !== undefined) throw performed.error;
      return performed.output ?? {};
    },
  };
}

function callerOf(as: ServiceCall): Caller {
  return {
    accountId: as.sourceAccount,
    principalArn: as.service,
    arn: as.service,
    identity: { type: "AWSService", invokedBy: as.service },
    kind: "service",
    tags: {},
    sessionPolicies: [],
    context: {
      "aws:SourceArn": as.sourceArn,
      "aws:SourceAccount": as.sourceAccount,
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": as.service,
    },
  };
}
