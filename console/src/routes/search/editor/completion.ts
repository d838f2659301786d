import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
export function completeFrom(_valuesOf: unknown): (context: CompletionContext) => Promise<CompletionResult | null> {
  return () => Promise.resolve(null);
}
