import { type Clock } from "../../base/clock.ts";
import { type AwsError, type InputOf, type OperationName, type OutputOf, type ServiceName } from "../../aws/index.ts";
import { type DeliveredObject, type TrailAddress } from "../../recorder/index.ts";
import { type Call } from "../service.ts";
import { type Gate } from "./gate.ts";
import { type Parameters, readParameters, type Values } from "./parameters.ts";

/** A message that names a log file, on its way to a topic. */
export interface Notice {
  readonly trail: TrailAddress;
  readonly topicArn: string;
  readonly message: string;
}

/** A log file or digest on its way to a bucket. */
export interface DeliveredFile {
  readonly trail: TrailAddress;
  readonly object: DeliveredObject;
}

/** A call that is about to be answered; `refuse` makes an error of it. */
export interface PendingCall {
  readonly call: Pick<Call, "service" | "operation" | "region" | "accountId">;
  refuse(error: AwsError): void;
}

/** Somebody with all rights in an account. */
export interface Administrator {
  call<S extends ServiceName, Operation extends OperationName<S>>(
    service: S,
    operation: Operation,
    input: InputOf<S, Operation>,
  ): Promise<OutputOf<S, Operation>>;
}

/** What faults are done to. */
export interface FaultTargets {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: { next(): number };
  readonly notices: Gate<Notice>;
  readonly files: Gate<DeliveredFile>;
  readonly calls: Gate<PendingCall>;
  readonly administrator: (accountId: string, region: string) => Administrator;
  /** Told of each thing that the fault was done to. */
  readonly onDone: () => void;
  /** Told when what goes on in the background, such as a late notice, went wrong. */
  readonly onFailed: (error: unknown) => void;
}

/** Takes a fault away again, as far as that can be. */
export type Clear = () => Promise<void> | void;

/** Something that goes wrong on purpose. */
export interface Fault<P extends Parameters = Parameters> {
  /** In kebab-case. */
  readonly name: string;
  readonly summary: string;
  readonly parameters: P;
  /** Makes it go wrong from now on; answers how it is cleared. */
  apply(targets: FaultTargets, values: Values<P>): Promise<Clear> | Clear;
}

/** A fault as the board has it: parameters not yet read. */
export interface AnyFault extends Omit<Fault, "apply"> {
  apply(targets: FaultTargets, given: unknown): Promise<{ readonly clear: Clear; readonly values: object }>;
}

/** Says a fault. */
export function defineFault<const P extends Parameters>(fault: Fault<P>): AnyFault {
  return {
    name: fault.name,
    summary: fault.summary,
    parameters: fault.parameters,
    async apply(targets, given) {
      const values = readParameters(fault.parameters, given);
      return { clear: await fault.apply(targets, values), values };
    },
  };
}
