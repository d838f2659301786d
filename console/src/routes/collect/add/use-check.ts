import { useCallback, useEffect, useRef, useState } from "react";
import { checkSettings, type Finding, type Given } from "../../../collect-api.ts";

/** How far a look at settings is. */
export interface Check {
  readonly state: "none" | "running" | "fine" | "not-well" | "broken";
  readonly findings: readonly Finding[];
  readonly error: unknown;
}

const none: Check = { state: "none", findings: [], error: undefined };

/** Looks at settings and tells what is found as it is found; leaving the page ends the look. */
export function useCheck() {
  const [check, setCheck] = useState<Check>(none);
  const running = useRef<AbortController>(undefined);
  const forget = useCallback(() => {
    running.current?.abort();
    setCheck(none);
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const begin = useCallback(async (given: Given) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const findings: Finding[] = [];
    const show = (state: Check["state"], error?: unknown) => {
      if (!stop.signal.aborted) setCheck({ state, findings: [...findings], error });
    };
    show("running");
    try {
      for await (const line of checkSettings(given, stop.signal)) {
        if (line.kind === "finding") {
          findings.push(line);
          show("running");
        } else {
          show(line.isGood ? "fine" : "not-well");
        }
      }
    } catch (error) {
      show("broken", error);
    }
  }, []);
  return { check, begin, forget };
}
