import { useState } from "react";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { formatBytes } from "../../../parts/numbers.ts";
import classes from "./raw-tab.module.css";

const clipLength = 40_000;

/** The record's text exactly as the log file has it. */
export function RawTab({ raw, copy }: { readonly raw: string; readonly copy: (text: string) => void }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = raw.length > clipLength;
  return (
    <div className={classes["raw"]}>
      <div className={classes["tools"]}>
        <span>{formatBytes(new TextEncoder().encode(raw).length)}, unchanged from the log file</span>
        <button
          type="button"
          onClick={() => {
            copy(raw);
          }}
        >
          Copy
        </button>
      </div>
      <pre>
        <VisibleText text={isLong && !isWhole ? raw.slice(0, clipLength) : raw} />
      </pre>
      {isLong && !isWhole ? (
        <button
          type="button"
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all {raw.length.toLocaleString("en-US")} characters
        </button>
      ) : null}
    </div>
  );
}
