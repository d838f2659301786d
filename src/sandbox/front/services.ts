import { type ServiceModel, type ServiceName } from "../../aws/index.ts";
import { type Operation, type Service } from "../service.ts";

/** A service, whichever it is. */
export type AnyService = { readonly [S in ServiceName]: Service<S> }[ServiceName];

export interface ServedOperations {
  readonly operations: { readonly [Name in string]?: Operation };
}

/** A service that is none of the SDK's here, found by the name that its requests are signed for. */
export interface ExtraService extends ServedOperations {
  readonly signingName: string;
  readonly model: ServiceModel;
}
