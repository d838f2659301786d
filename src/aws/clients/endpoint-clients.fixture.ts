import { type ServiceName } from "../models.ts";
import { type AwsClient, clientFor, type Credentials } from "./client.ts";

/** Clients at one endpoint, one for each service, region and who: to make one takes as long as half a call. */
export class EndpointClients implements AsyncDisposable {
  readonly #endpoint: string;
  readonly #maxAttempts: number;
  readonly #made = new Map<string, Promise<AwsClient<ServiceName>>>();

  constructor(endpoint: string, { maxAttempts = 1 }: { readonly maxAttempts?: number } = {}) {
    this.#endpoint = endpoint;
    this.#maxAttempts = maxAttempts;
  }

  get<S extends ServiceName>(
    service: S,
    as: { readonly region: string; readonly credentials: Credentials },
  ): Promise<AwsClient<S>> {
    const key = JSON.stringify([service, as]);
    const known = this.#made.get(key) as Promise<AwsClient<S>> | undefined;
    if (known !== undefined) return known;
    const made = clientFor(service, { endpoint: this.#endpoint, ...as, maxAttempts: this.#maxAttempts });
    this.#made.set(key, made);
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of await Promise.all(this.#made.values())) client.close();
  }
}
