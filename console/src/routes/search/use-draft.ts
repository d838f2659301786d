import { useEffect, useState } from "react";
import { errorOf } from "./query-text.ts";
import type { QueryError } from "./query-text.ts";

export interface Draft {
  readonly text: string;
  readonly error: QueryError | undefined;
  /** The error is worth showing: the person has paused, or has tried to run it. */
  readonly isErrorDue: boolean;
  readonly set: (text: string) => void;
  readonly errorIn: (text: string) => QueryError | undefined;
  readonly insistOnError: (text: string) => void;
}

const pauseMs = 700;

/** What stands in the search line, which the page follows only once it is run. */
export function useDraft(query: string): Draft {
  const [text, setText] = useState(query);
  const [last, setLast] = useState(query);
  const [dueFor, setDueFor] = useState<string>();
  if (last !== query) {
    setLast(query);
    setText(query);
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
    error,
    isErrorDue: isWrong && dueFor === text,
    set: setText,
    errorIn: errorOf,
    insistOnError: setDueFor,
  };
}
