import { useEffect, useState } from "react";
import { errorOf } from "./query-text.ts";
import type { QueryError } from "./query-text.ts";

export interface Draft {
  readonly text: string;
  readonly error: QueryError | undefined;
  /** The error is worth showing: the person has paused, or has tried to run it. */
  readonly isErrorDue: boolean;
  /** What the page, and not the person writing, has put in last; another object each time. */
  readonly placed: { readonly text: string };
  /** Follows what is being written. */
  readonly type: (text: string) => void;
  /** Puts a text in that is about to be run. */
  readonly put: (text: string) => void;
  readonly errorIn: (text: string) => QueryError | undefined;
  readonly insistOnError: (text: string) => void;
}

const pauseMs = 700;

/** What stands in the search line, which the page follows only once it is run. */
export function useDraft(query: string): Draft {
  const [{ text, placed }, setDraft] = useState({ text: query, placed: { text: query } });
  const [last, setLast] = useState(query);
  const [awaited, setAwaited] = useState<string>();
  const [dueFor, setDueFor] = useState<string>();
  if (last !== query) {
    setLast(query);
    setAwaited(undefined);
    // The page arrives a moment after Enter: what was written meanwhile stays.
    if (query !== awaited) setDraft({ text: query, placed: { text: query } });
  }
  const error = errorOf(text);
  const isWrong = error !== undefined;
  useEffect(() => {
    if (!isWrong) return;
    const timer = setTimeout(() => {
      setDueFor(text);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, isWrong]);
  return {
    text,
    placed,
    error,
    isErrorDue: isWrong && dueFor === text,
    type: (next) => {
      setDraft((draft) => ({ ...draft, text: next }));
    },
    put: (next) => {
      setDraft({ text: next, placed: { text: next } });
      setAwaited(next.trim());
    },
    errorIn: errorOf,
    insistOnError: setDueFor,
  };
}
