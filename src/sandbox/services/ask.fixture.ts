import { type AwsError, type InputOf, type OperationName, type OutputOf, type ServiceName } from "../../aws/index.ts";
import { type Call, type Service } from "../service.ts";
import { type World } from "../world.ts";
import { testCall } from "./call.fixture.ts";

/** A short way to ask a service in a test: as the front does once policies have let the call through. */
export function askService<S extends ServiceName>(world: World, service: Service<S>) {
  return async function ask<Name extends OperationName<S> & string>(
    name: Name,
    input: InputOf<S, Name>,
    from: Partial<Omit<Call, "note" | "body">> = {},
  ): Promise<OutputOf<S, Name>> {
    const call = testCall({ world, service: service.name, operation: name, ...from });
    const operations: Readonly<Record<string, unknown>> = service.operations;
    const operation = operations[name] as
      | { needs(input: unknown, call: Call): unknown; answer(input: unknown, call: Call): Promise<OutputOf<S, Name>> }
      | undefined;
    if (operation === undefined) throw new Error(`There is no ${name}`);
    operation.needs(input, call);
    return operation.answer(input, call);
  };
}

/** What an error of AWS is called, for `assert.rejects`. */
export function refusal(code: string): (error: unknown) => boolean {
  return (error) => {
    const isIt = (error as AwsError).code === code;
    if (!isIt) throw error;
    return isIt;
  };
}
