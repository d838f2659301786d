/** What makes an object unfit, though AWS gave it. */
export class FetchError extends Error {
  readonly code: "object-too-large" | "object-cut-off";

  constructor(message: string, { code }: { readonly code: FetchError["code"] }) {
    super(message);
    this.name = "FetchError";
    this.code = code;
  }
}
