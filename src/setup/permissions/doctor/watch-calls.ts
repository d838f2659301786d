import {
  actionOf,
  AwsCallError,
  type AwsClient,
  type InputOf,
  type OperationName,
  type ServiceName,
} from "../../../aws/index.ts";
import type { SetupAws } from "../../setup-aws.ts";

/** What became of a call, as far as permissions go: one that failed for another reason was allowed. */
export interface WatchedCall {
  readonly accountId: string;
  readonly action: string;
  readonly isDenied: boolean;
  /** AWS's words, of a denial. */
  readonly message: string;
}

const deniedCodes = /AccessDenied|AuthorizationError|UnauthorizedOperation|AllAccessDisabled/;

/** Whether AWS said that the caller may not. */
export function isDenial(error: unknown): error is AwsCallError {
  return error instanceof AwsCallError && deniedCodes.test(error.code);
}

/** The same AWS, with each call that it answers told of. */
export function watchCalls(aws: SetupAws, told: (call: WatchedCall) => void): SetupAws {
  return {
    async client<S extends ServiceName>(service: S, at: { readonly accountId: string; readonly region: string }) {
      const client = await aws.client(service, at);
      const { accountId } = at;
      const watched: AwsClient<S> = {
        async call<Operation extends OperationName<S>>(
          operation: Operation,
          input: InputOf<S, Operation>,
          options?: { readonly signal?: AbortSignal },
        ) {
          const action = actionOf(service, operation);
          try {
            const output = await client.call(operation, input, options);
            told({ accountId, action, isDenied: false, message: "" });
            return output;
          } catch (error) {
            if (isDenial(error))
              told({ accountId, action: deniedAction(error, action), isDenied: true, message: error.message });
            else if (error instanceof AwsCallError) told({ accountId, action, isDenied: false, message: "" });
            throw error;
          }
        },
        close: () => client.close(),
        [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
      };
      return watched;
    },
  };
}

/** A call may want more than its own permission; AWS mostly says which was missing. Its services write their names in capitals. */
function deniedAction({ message }: AwsCallError, usual: string): string {
  const [, service, name] = /not authorized to perform: ([A-Za-z0-9-]{1,64}):(\w{1,128})/.exec(message) ?? [];
  return service === undefined ? usual : `${service.toLowerCase()}:${name}`;
}
