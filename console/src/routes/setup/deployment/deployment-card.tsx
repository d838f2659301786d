import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { formatInstant } from "../../../parts/instants.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { removeDeployment } from "../../../setup-api.ts";
import type { Deployment } from "../../../setup-types.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { SourceLink } from "../../collect/source-link.tsx";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import shared from "../setup.module.css";
import { useAskAgain } from "../use-setup.ts";

export interface DeploymentCardProps {
  readonly deployment: Deployment;
  /** It has the whole width for itself. */
  readonly isWide?: boolean;
}

/** How the account is cared for, what there is besides, and its way out of care. */
export function DeploymentCard({ deployment, isWide = false }: DeploymentCardProps) {
  const { name, roleArn, externalId, logAccount, endpoint, automatic, retentionDays, source, createdAt } = deployment;
  const zone = useZone();
  const tz = useTz();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <section className={shared["card"]} aria-label="How it is cared for">
      <h2>How it is cared for</h2>
      <dl className={shared["facts"]} data-wide={isWide}>
        <Fact title="Role">
          {roleArn === null ? "None: the credentials of this machine" : <VisibleText text={roleArn} />}
        </Fact>
        <Fact title="External ID">
          <VisibleText text={externalId} />
        </Fact>
        {logAccount === null ? null : (
          <Fact title="Log account">
            <VisibleText text={`${logAccount.accountId}, by ${logAccount.roleArn}`} />
          </Fact>
        )}
        {endpoint === null ? null : (
          <Fact title="Endpoint">
            <VisibleText text={endpoint} />
          </Fact>
        )}
        <Fact title="Repairs without asking">{automaticWords(automatic)}</Fact>
        <Fact title="Log files are kept for">
          {retentionDays === null ? "Nothing promised" : `${retentionDays} days at least`}
        </Fact>
        <Fact title="Collected by">{source === null ? "No source yet" : <SourceLink name={source} />}</Fact>
        <Fact title="Under care since">{formatInstant(createdAt, zone)}</Fact>
      </dl>
      <p>
        <Link to="/setup/$name/plan" params={{ name }} search={tz}>
          Make a plan
        </Link>
        {" · "}
        <Link to="/setup/$name/cost" params={{ name }} search={tz}>
          See the bill
        </Link>
        {" · "}
        <Link to="/setup/$name/history" params={{ name }} search={tz}>
          What happened
        </Link>
        {" · "}
        <Link to="/setup/$name/role" params={{ name }} search={tz}>
          Role and doctor
        </Link>
      </p>
      <div className={shared["after"]}>
        <ChangeButton
          icon="trash"
          look="danger"
          isSmall
          onClick={() => {
            setAsking(true);
          }}
        >
          Take it out of care
        </ChangeButton>
      </div>
      <Dialog title={`Take ${name} out of care?`} isOpen={isAsking} onClose={close}>
        <RemoveQuestion name={name} onKeep={close} />
      </Dialog>
    </section>
  );
}

function automaticWords(automatic: readonly string[]): string {
  if (automatic.length === 0) return "None: each waits for your yes";
  return automatic.includes("all") ? "All that may be" : automatic.join(", ");
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RemoveQuestion({ name, onKeep }: { readonly name: string; readonly onKeep: () => void }) {
  const tz = useTz();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const remove = useMutation({
    mutationFn: () => removeDeployment(name),
    onSuccess: () => {
      announce(`${name} is out of care`);
      // Once this page is left nobody asks for the account any more.
      void navigate({ to: "/setup", search: tz }).then(() => {
        askAgain(name);
      });
    },
  });
  return (
    <>
      <p>
        Nothing is changed in AWS: what was made there stays, goes on, and goes on to cost what it costs. To take that
        back, undo the run first. What goes: its settings and keys here, and the watch over its way. Its history stays.
      </p>
      {remove.isError ? <ProblemNote error={remove.error} /> : null}
      <div className={controls["buttons"]}>
        <ChangeButton
          look="danger"
          isBusy={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          Take it out
        </ChangeButton>
        <button type="button" className={controls["button"]} data-first onClick={onKeep}>
          Keep it
        </button>
      </div>
    </>
  );
}
