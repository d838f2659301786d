import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Question } from "../../api.ts";
import { verdictKinds } from "../../parts/verdicts.ts";
import type { Zone } from "../../parts/instants.ts";
import type { VerdictKind } from "../../verify-api.ts";

/** Everything that makes the page what it is, as it stands in the address. */
export interface SearchState {
  readonly query?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Column keys with commas between. */
  readonly columns?: string | undefined;
  /** The open event, and the account that tells copies of one ID apart. */
  readonly event?: string | undefined;
  readonly account?: string | undefined;
  readonly tab?: "json" | "raw" | undefined;
  /** Only events whose log file has one of these verdicts, with commas between. */
  readonly verdict?: string | undefined;
  readonly tz?: "local" | undefined;
}

const lengthMax = 12_000;

/** Reads an address someone may have written by hand: what it does not know, it leaves out. */
export function readSearchState(search: Readonly<Record<string, unknown>>): SearchState {
  const state: Record<string, string> = {};
  for (const name of ["query", "from", "to", "columns", "event", "account"]) {
    const value = search[name];
    if (typeof value === "string" && value !== "" && value.length <= lengthMax) state[name] = value;
  }
  if (search["tab"] === "json" || search["tab"] === "raw") state["tab"] = search["tab"];
  const verdict = printVerdicts(readVerdicts(search["verdict"]));
  if (verdict !== undefined) state["verdict"] = verdict;
  if (search["tz"] === "local") state["tz"] = "local";
  return state;
}

/** A verdict, or that nobody has judged the log file. */
export type AskedVerdict = VerdictKind | "unjudged";

const askedVerdicts: readonly AskedVerdict[] = [...verdictKinds, "unjudged"];

/** The verdicts that an address asks for. */
export function readVerdicts(text: unknown): readonly AskedVerdict[] {
  const words = typeof text === "string" ? text.split(",", 20) : [];
  return words.filter((word): word is AskedVerdict => askedVerdicts.some((each) => each === word));
}

/** Verdicts as an address has them, in an order of their own; all of them are no condition. */
export function printVerdicts(kinds: readonly AskedVerdict[]): string | undefined {
  const chosen = askedVerdicts.filter((kind) => kinds.includes(kind));
  return chosen.length === 0 || chosen.length === askedVerdicts.length ? undefined : chosen.join(",");
}

export interface SearchControl {
  readonly state: SearchState;
  readonly question: Question;
  readonly zone: Zone;
  /** Changes parts of the state; `replace` leaves no step for the back button. */
  readonly change: (changes: Partial<SearchState>, options?: { readonly replace?: boolean }) => void;
  /** Asks another question: closes the open event, which may not be among the answers. */
  readonly ask: (changes: Pick<SearchState, "query" | "from" | "to" | "verdict">) => void;
}

function withoutEmpty(state: SearchState): SearchState {
  return readSearchState({ ...state });
}

export function useSearchState(): SearchControl {
  const state = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const change = useCallback<SearchControl["change"]>(
    (changes, options) => {
      void navigate({
        to: "/",
        search: (last) => withoutEmpty({ ...last, ...changes }),
        replace: options?.replace ?? false,
      });
    },
    [navigate],
  );
  const ask = useCallback<SearchControl["ask"]>(
    (changes) => {
      change({ ...changes, event: undefined, account: undefined, tab: undefined });
    },
    [change],
  );
  const { query, from, to, verdict, tz } = state;
  const question = useMemo<Question>(() => ({ query: query ?? "", from, to, verdict }), [query, from, to, verdict]);
  return { state, question, zone: tz === "local" ? "local" : "utc", change, ask };
}
