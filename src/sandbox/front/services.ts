import { type ServiceName } from "../../aws/index.ts";
import { type Service } from "../service.ts";

/** A service, whichever it is. */
export type AnyService = { readonly [S in ServiceName]: Service<S> }[ServiceName];
