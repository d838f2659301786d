import type { DeploymentBook } from "./deployments/deployment-book.ts";
import { openSetupAws, type SetupAwsOptions } from "./open-setup-aws.ts";
import type { SetupAws } from "./setup-aws.ts";

/** How each deployment speaks to AWS; opened when it is first asked for. */
export class AwsOfDeployments implements AsyncDisposable {
  readonly #book: DeploymentBook;
  readonly #options: SetupAwsOptions;
  readonly #open = new Map<string, Promise<SetupAws & AsyncDisposable>>();

  constructor(book: DeploymentBook, options: SetupAwsOptions) {
    this.#book = book;
    this.#options = options;
  }

  /** Rejects with `deployment-unknown`. */
  of(name: string): Promise<SetupAws> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const opening = this.#begin(name);
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    return opening;
  }

  /** Its settings have changed, or it is gone. */
  async forget(name: string): Promise<void> {
    const open = this.#open.get(name);
    this.#open.delete(name);
    await (await open?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of [...this.#open.keys()]) await this.forget(name);
  }

  async #begin(name: string): Promise<SetupAws & AsyncDisposable> {
    return openSetupAws(await this.#book.get(name), await this.#book.secrets(name), this.#options);
  }
}
