import type { ReactNode } from "react";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { TrailStatus } from "../../../setup-types.ts";
import { Moment } from "../../collect/moment.tsx";
import classes from "./trail-facts.module.css";

/** What CloudTrail says of the trail itself: when it last delivered, and what it could not. */
export function TrailFacts({ status }: { readonly status: TrailStatus }) {
  const { deliveryError, notificationError, stoppedAt } = status;
  return (
    <dl className={classes["figures"]} aria-label="What the trail says of itself">
      <Fact title="Last log file" note={deliveryError === "" ? undefined : `Fails: ${deliveryError}`}>
        <Moment at={status.lastDeliveryAt ?? null} />
      </Fact>
      <Fact title="Last notice" note={notificationError === "" ? undefined : `Fails: ${notificationError}`}>
        <Moment at={status.lastNotificationAt ?? null} />
      </Fact>
      <Fact title="Last digest">
        <Moment at={status.lastDigestAt ?? null} />
      </Fact>
      {stoppedAt === null || stoppedAt === undefined ? null : (
        <Fact title="Logging was last stopped">
          <Moment at={stoppedAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact(props: { readonly title: string; readonly note?: string | undefined; readonly children: ReactNode }) {
  const { title, note, children } = props;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {children}
        {note === undefined ? null : (
          <small>
            <VisibleText text={note} />
          </small>
        )}
      </dd>
    </div>
  );
}
