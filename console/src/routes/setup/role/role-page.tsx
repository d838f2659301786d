import { useParams } from "@tanstack/react-router";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { useDeployment } from "../use-setup.ts";
import { DoctorSection } from "./doctor-section.tsx";
import { RoleSection } from "./role-section.tsx";

/** The role that an account gives to Trailwarden, and whether it holds. */
export function RolePage() {
  const { name } = useParams({ from: "/setup/$name/role" });
  const deployment = useDeployment(name);
  return (
    <SetupFrame
      name={name}
      title={`Role of ${name}`}
      lead="What Trailwarden is allowed in the account: exactly the calls that it makes, and nothing more."
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
