import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import controls from "../../../parts/controls.module.css";
import add from "../../collect/add/add.module.css";
import { useTz } from "../../../parts/titled-page.tsx";
import { DoctorSection } from "../role/doctor-section.tsx";
import { RoleSection } from "../role/role-section.tsx";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { useAskAgain, useDeployment, useDeployments } from "../use-setup.ts";
import { AddForm } from "./add-form.tsx";

/** Putting an account under care: what it is, then its role, then a look whether that works. */
export function AddPage() {
  const { added } = useSearch({ from: "/setup/add" });
  return added === undefined ? <FirstStep /> : <SecondStep name={added} />;
}

function FirstStep() {
  const deployments = useDeployments();
  const tz = useTz();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  return (
    <SetupFrame
      title="Put an account under care"
      lead="This writes down which account it is. Nothing is changed in AWS, and nothing costs anything yet."
    >
      {deployments.data === undefined ? (
        deployments.isError ? (
          <ProblemNote error={deployments.error} onRetry={() => void deployments.refetch()} />
        ) : (
          <Delayed>
            <p className={shared["soft"]}>Asking for the accounts…</p>
          </Delayed>
        )
      ) : (
        <div className={shared["columns"]}>
          <AddForm
            taken={new Set(deployments.data.map(({ name }) => name))}
            onAdded={({ name }) => {
              askAgain(name);
              announce(`${name} is under care`);
              void navigate({ to: "/setup/add", search: { ...tz, added: name } });
            }}
          />
          <aside className={add["aside"]} aria-label="What comes next">
            <h2>What comes next</h2>
            <p className={shared["soft"]}>
              1. You get the role that Trailwarden needs, as a text to paste. Its external ID is made here, and is
              nobody else&apos;s.
            </p>
            <p className={shared["soft"]}>2. It looks whether the role works, right by right.</p>
            <p className={shared["soft"]}>
              3. It reads the account, and shows you its plan and what that costs. Only then do you decide.
            </p>
          </aside>
        </div>
      )}
    </SetupFrame>
  );
}

/** The account is under care; now it needs its role. */
function SecondStep({ name }: { readonly name: string }) {
  const deployment = useDeployment(name);
  const tz = useTz();
  return (
    <SetupFrame
      name={name}
      title={`${name} is under care: its role`}
      lead="Make the role in the account by any of these ways, then look whether it works."
      beside={
        <Link
          to="/setup/$name/plan"
          params={{ name }}
          search={tz}
          className={`${controls["button"]} ${controls["main"]}`}
        >
          On to the plan
        </Link>
      }
    >
      {deployment.data === undefined ? (
        deployment.isError ? (
          <ProblemNote error={deployment.error} onRetry={() => void deployment.refetch()} />
        ) : null
      ) : (
        <div className={shared["stack"]}>
          <RoleSection deployment={deployment.data} />
          <DoctorSection name={name} />
        </div>
      )}
    </SetupFrame>
  );
}
