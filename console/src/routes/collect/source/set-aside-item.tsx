import { useState } from "react";
import type { SetAsideMessage } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { SureButtons } from "../../../parts/sure-buttons.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { Moment } from "../moment.tsx";
import { prettyBody } from "./pretty-body.ts";
import classes from "./source.module.css";

export interface SetAsideItemProps {
  readonly message: SetAsideMessage;
  /** Why it stays, after it was sent again. */
  readonly newReason: string | undefined;
  readonly isBusy: boolean;
  readonly onSendAgain: () => void;
  readonly onDrop: () => void;
}

/** One message: its reason, its body, and what to do with it. Dropping asks once. */
export function SetAsideItem({ message, newReason, isBusy, onSendAgain, onDrop }: SetAsideItemProps) {
  const [isAsking, setAsking] = useState(false);
  const { reason, received, setAsideAt, body } = message;
  return (
    <li>
      <div className={classes["beside"]}>
        <div>
          <VisibleText text={newReason ?? reason} className={classes["reason"]} />
          <p className={classes["soft"]}>
            {received > 1 ? `received ${String(received)} times, ` : ""}set aside <Moment at={setAsideAt} />
          </p>
        </div>
        <div className={controls["buttons"]}>
          {isAsking ? (
            <SureButtons
              yes="Drop for good"
              isBusy={isBusy}
              onYes={onDrop}
              onKeep={() => {
                setAsking(false);
              }}
            />
          ) : (
            <>
              <ChangeButton isSmall isBusy={isBusy} onClick={onSendAgain}>
                Send again
              </ChangeButton>
              <ChangeButton
                isSmall
                isBusy={isBusy}
                onClick={() => {
                  setAsking(true);
                }}
              >
                Drop…
              </ChangeButton>
            </>
          )}
        </div>
      </div>
      <details>
        <summary>Message</summary>
        <Body text={body} />
      </details>
    </li>
  );
}

function Body({ text }: { readonly text: string }) {
  const { lines, cut } = prettyBody(text);
  return (
    <>
      <pre aria-label="Message">
        {lines.map((line, index) => (
          <span key={index}>
            <VisibleText text={line} />
            {"\n"}
          </span>
        ))}
      </pre>
      {cut > 0 ? <p className={classes["soft"]}>{cut} more characters are not shown.</p> : null}
    </>
  );
}
